// JSON written as it comes, without a tree in memory: a report has thousands of values, and most
// runs of drm-query do nothing but print one.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "query/json/sink.hpp"

namespace drmshow {

/// Two blanks of indentation a level and a member a line, as nlohmann's dump(2) writes it. Whoever
/// writes an object gives each key once. Text that is not UTF-8 is mended with U+FFFD.
///
/// Values are numbers, truths, text, nullptr, optional ones (null), and whatever has a
/// write_json(JsonWriter&, const T&); or a function that writes one.
class JsonWriter {
 public:
  /// With a sink (not owned), whatever is finished goes there by and by; take() returns the rest.
  explicit JsonWriter(const Sink* sink = nullptr) : sink_{sink} {}

  template <class Value>
  void put(const Value& value) {
    if constexpr (std::is_invocable_v<Value>) {
      value();
    } else if constexpr (std::same_as<Value, bool>) {
      text_ += value ? "true" : "false";
    } else if constexpr (std::same_as<Value, std::nullptr_t>) {
      text_ += "null";
    } else if constexpr (std::signed_integral<Value>) {
      put_signed(value);
    } else if constexpr (std::unsigned_integral<Value>) {
      put_unsigned(value);
    } else if constexpr (std::floating_point<Value>) {
      put_real(static_cast<double>(value));
    } else if constexpr (std::convertible_to<const Value&, std::string_view>) {
      put_text(value);
    } else {
      write_json(*this, value);
    }
  }
  template <class Value>
  void put(const std::optional<Value>& value) {
    if (value) {
      put(*value);
    } else {
      put(nullptr);
    }
  }

  /// A member of the object that is being written.
  template <class Value>
  JsonWriter& add(std::string_view key, const Value& value) {
    begin_member(key);
    put(value);
    return *this;
  }

  template <std::invocable Members>
  JsonWriter& add_object(std::string_view key, const Members& members) {
    begin_member(key);
    object(members);
    return *this;
  }
  template <class... Arguments>
  JsonWriter& add_array(std::string_view key, const Arguments&... arguments) {
    begin_member(key);
    array(arguments...);
    return *this;
  }

  /// `members` adds them.
  template <std::invocable Members>
  void object(const Members& members) {
    begin('{');
    members();
    end('}');
  }

  /// `put_each` writes the value for an element.
  template <class Range, class PutEach>
  void array(const Range& range, const PutEach& put_each) {
    begin('[');
    for (const auto& element : range) {
      begin_element();
      put_each(element);
    }
    end(']');
  }
  template <class Range>
  void array(const Range& range) {
    array(range, [this](const auto& element) { this->put(element); });
  }

  std::string&& take() { return std::move(text_); }

 private:
  void begin(char bracket);
  void end(char bracket);
  void begin_element();
  void begin_member(std::string_view key);
  void put_text(std::string_view text);
  void put_signed(std::int64_t number);
  void put_unsigned(std::uint64_t number);
  void put_real(double number);

  const Sink* sink_;
  std::string text_;
  std::size_t depth_ = 0;
  bool empty_ = true;  // the object or array that is being written; begin(), end(), begin_element()
};

}  // namespace drmshow
