#include "model/log_line.hpp"

#include <charconv>
#include <sstream>
#include <vector>

#include "present/present_log.hpp"

namespace drmshow::model {
namespace {

std::uint64_t number(std::string_view text, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > most)
    throw BadLine{"not a number that can be here: " + std::string{text}};
  return value;
}

std::uint16_t parse_flags(std::string_view text) {
  std::uint16_t value = 0;
  const char* const last = text.data() + text.size();
  const bool hex = text.starts_with("0x");
  const auto [end, error] = std::from_chars(text.data() + (hex ? 2 : 0), last, value, 16);
  if (!hex || error != std::errc{} || end != last)
    throw BadLine{"not flags that can be here: " + std::string{text}};
  return value;
}

void check_time(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || text.size() - point != 10)
    throw BadLine{"not a time in seconds with nine places"};
  number(text.substr(0, point), ~std::uint64_t{0});
  number(text.substr(point + 1), 999'999'999);
}

template <class Value>
Value named(std::string_view text, Value last) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const auto value = static_cast<Value>(i);
    if (text == name(value)) return value;
  }
  throw BadLine{"not known: " + std::string{text}};
}

enum Field : unsigned {
  slot = 1,
  frame = 2,
  cookie = 4,
  fence = 8,
  errnum = 16,
  flags = 32,
  sequence = 64,
  shown = 128,
  by = 256,
};

struct Fields {
  unsigned must;
  unsigned may;
};

Fields fields_of(PresentStep step) {
  switch (step) {
    case PresentStep::acquire:
    case PresentStep::discard:
    case PresentStep::signal:
    case PresentStep::fence_error:
    case PresentStep::expire:
    case PresentStep::release:
    case PresentStep::unseen:
      return {slot | frame, 0};
    case PresentStep::submit:
      return {slot | frame | fence, 0};
    case PresentStep::commit:
    case PresentStep::modeset:
      return {slot | frame | cookie, flags};
    case PresentStep::busy:
    case PresentStep::refuse:
      return {slot | frame | cookie, errnum | flags};
    case PresentStep::flip:
      return {cookie, slot | frame | sequence | shown};
    case PresentStep::watchdog:
    case PresentStep::reset:
      return {cookie, slot | frame};
    case PresentStep::stale_flip:
      return {cookie, sequence | shown};
    case PresentStep::leave:
      return {0, errnum};
    case PresentStep::superseded:
      return {slot | frame | by, 0};
    case PresentStep::cancelled:
      return {slot | frame, errnum};
    case PresentStep::seen:
      return {slot | frame, sequence | shown};
    default:
      return {0, 0};
  }
}

unsigned set_field(PresentEvent& event, std::string_view key, std::string_view value) {
  constexpr auto most = ~std::uint64_t{0};
  if (key == "slot") {
    event.frame.slot = static_cast<std::uint8_t>(number(value, 255));
    return slot;
  }
  if (key == "frame") {
    event.frame.number = number(value, most);
    return frame;
  }
  if (key == "cookie") {
    event.cookie = number(value, most);
    return cookie;
  }
  if (key == "fence") {
    event.fence = named(value, RenderFence::native);
    return fence;
  }
  if (key == "flags") {
    event.flags = parse_flags(value);
    return flags;
  }
  if (key == "sequence") {
    event.sequence = static_cast<std::uint32_t>(number(value, ~std::uint32_t{0}));
    return sequence;
  }
  if (key == "shown") {
    check_time(value);
    return shown;
  }
  if (key == "by") {
    event.by = number(value, most);
    return by;
  }
  if (key != "errno") throw BadLine{"no field: " + std::string{key}};
  event.errnum = static_cast<int>(number(value, 4095));
  return errnum;
}

SlotReturn parse_return(std::istringstream& words) {
  if (words.peek() == std::istringstream::traits_type::eof()) return SlotReturn::flip;
  std::string word, slot_return;
  words >> word >> slot_return;
  if (!words || word != "return" || words.peek() != std::istringstream::traits_type::eof())
    throw BadLine{"no ring's description"};
  return named(slot_return, SlotReturn::release);
}

}  // namespace

std::optional<StreamLine> parse_stream_line(const std::string& line) {
  if (!line.starts_with("stream ")) return std::nullopt;
  std::istringstream words{line};
  std::string stream, slots, policy_word, policy, outputs;
  StreamLine found;
  words >> stream >> found.number;
  if (words.get() != ':') throw BadLine{"no ring's description"};
  words >> slots >> found.slots >> policy_word >> policy >> outputs >> found.outputs;
  if (!words || slots != "slots" || policy_word != "policy" || outputs != "outputs")
    throw BadLine{"no ring's description"};
  found.slot_return = parse_return(words);
  found.policy = named(policy, RingPolicy::mailbox);
  return found;
}

PresentEvent parse_event_line(const std::string& line) {
  std::istringstream stream{line};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  if (words.size() < 4) throw BadLine{"a step has a time, a stream, an output and a name"};
  check_time(words[0]);
  PresentEvent event{};
  event.stream = static_cast<std::uint8_t>(number(words[1], 255));
  event.output = static_cast<std::uint8_t>(number(words[2], 255));
  event.step = named(words[3], last_present_step);
  unsigned found = 0;
  for (std::size_t i = 4; i < words.size(); ++i) {
    const std::size_t at = words[i].find('=');
    if (at == std::string::npos) throw BadLine{"no field: " + words[i]};
    const std::string_view word = words[i];
    const unsigned field = set_field(event, word.substr(0, at), word.substr(at + 1));
    if ((found & field) != 0) throw BadLine{"twice: " + words[i]};
    found |= field;
  }
  const auto [must, may] = fields_of(event.step);
  if ((found & must) != must) throw BadLine{"a field is missing"};
  if ((found & ~(must | may)) != 0) throw BadLine{"a field that this step does not have"};
  return event;
}

}  // namespace drmshow::model
