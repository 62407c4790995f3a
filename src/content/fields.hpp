// Words and numbers of a line of an OBJ or MTL file. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace drmshow {

/// Largest coordinate accepted: its square still is a float.
constexpr double kMaxCoordinate = 1e18;

/// The words of a line, separated by blanks and tabs.
class Fields {
 public:
  explicit Fields(std::string_view text) : text_{text} { skip_blanks(); }

  bool at_end() const { return text_.empty(); }
  /// The next word; empty at the end.
  std::string_view word();
  /// All that follows, without the blanks around it: a name that may have blanks in it.
  std::string_view rest() const;

 private:
  void skip_blanks();

  std::string_view text_;
};

/// The line up to a '#'.
std::string_view without_comment(std::string_view line);

/// A number that is finite and within kMaxCoordinate. What is too small for a float is 0.
std::optional<float> to_coordinate(std::string_view word);

/// `word` in quotes for a message: short and printable.
std::string in_quotes(std::string_view word);

}  // namespace drmshow
