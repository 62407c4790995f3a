// Reading JSON from strangers: every access checks what is there, and every complaint names the
// file and the place in it. A member that is absent or null has its default.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "query/json/json.hpp"

namespace drmshow {

/// The kernel's names have 32 bytes at most, paths and messages some more.
inline constexpr std::size_t longest_text = 1024;

class JsonCursor {
 public:
  JsonCursor(const Json& json, std::string place) : json_{&json}, place_{std::move(place)} {}

  const Json& json() const { return *json_; }
  bool is_null() const { return json_->is_null(); }
  bool has(std::string_view key) const;

  /// The member `key`, null if absent. Throws Error (as all of these) if this is no object.
  JsonCursor operator[](std::string_view key) const;
  /// Calls `visit(JsonCursor)` for each element; null counts as an empty array. More than `most`
  /// are a complaint.
  template <class Visit>
  void each(std::size_t most, Visit visit) const {
    if (is_null()) return;
    if (!json_->is_array()) complain("is not an array");
    if (json_->size() > most) complain_of_many(most);
    for (std::size_t i = 0; i < json_->size(); ++i) {
      visit(JsonCursor{(*json_)[i], place_ + "/" + std::to_string(i)});
    }
  }
  /// Calls `visit(name, JsonCursor)` for each member; null counts as an empty object.
  template <class Visit>
  void members(Visit visit) const {
    if (is_null()) return;
    if (!json_->is_object()) complain("is not an object");
    for (const auto& [name, value] : json_->items()) {
      visit(name, JsonCursor{value, place_ + "/" + name});
    }
  }

  template <std::integral Number>
  Number number(Number otherwise = {}) const {
    if (is_null()) return otherwise;
    if (json_->is_number_unsigned()) return narrow<Number>(json_->get<std::uint64_t>());
    if (json_->is_number_integer()) return narrow<Number>(json_->get<std::int64_t>());
    complain("is not a whole number");
  }
  /// 64 bits of any meaning. Old versions of drm_info write those beyond 2^63 as negative numbers.
  std::uint64_t word() const;
  bool flag(bool otherwise = false) const;
  /// At most `longest_text` bytes.
  std::string text(std::string otherwise = {}) const;
  /// Of any length; empty for null.
  std::string long_text() const;

  [[noreturn]] void complain(const std::string& what) const;

 private:
  [[noreturn]] void complain_of_many(std::size_t most) const;

  template <class Number, class Given>
  Number narrow(Given given) const {
    if (!std::in_range<Number>(given)) complain("is out of range");
    return static_cast<Number>(given);
  }

  const Json* json_;
  std::string place_;
};

}  // namespace drmshow
