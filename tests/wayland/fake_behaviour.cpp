#include "fake_behaviour.hpp"

#include <linux/input-event-codes.h>

#include <functional>
#include <map>
#include <stdexcept>
#include <string_view>

namespace drmshow::fake {

namespace {

const std::map<std::string, std::uint32_t, std::less<>> key_codes{
    {"space", KEY_SPACE}, {"esc", KEY_ESC},     {"enter", KEY_ENTER}, {"tab", KEY_TAB},
    {"left", KEY_LEFT},   {"right", KEY_RIGHT}, {"up", KEY_UP},       {"down", KEY_DOWN},
    {"f11", KEY_F11},     {"a", KEY_A},         {"d", KEY_D},         {"f", KEY_F},
    {"h", KEY_H},         {"i", KEY_I},         {"m", KEY_M},         {"n", KEY_N},
    {"p", KEY_P},         {"q", KEY_Q},         {"r", KEY_R},         {"s", KEY_S},
    {"t", KEY_T},         {"w", KEY_W},         {"1", KEY_1},         {"2", KEY_2}};

const std::map<std::string, Feedback, std::less<>> feedback_names{
    {"honest", Feedback::honest},         {"short-table", Feedback::short_table},
    {"huge-index", Feedback::huge_index}, {"zero-size", Feedback::zero_size},
    {"no-formats", Feedback::no_formats}, {"wrong-device", Feedback::wrong_device}};

template <class Value>
Value named(const std::map<std::string, Value, std::less<>>& names, std::string_view name) {
  const auto found = names.find(name);
  if (found == names.end()) throw std::invalid_argument("unknown: " + std::string(name));
  return found->second;
}

int whole_number(std::string_view text) {
  std::size_t used = 0;
  const int number = std::stoi(std::string(text), &used);
  if (used != text.size() || number < 0) throw std::invalid_argument(std::string(text));
  return number;
}

std::vector<std::string> words(const std::string& text, char separator) {
  std::vector<std::string> found;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
    end = text.find(separator, begin);
    found.push_back(text.substr(begin, end - begin));
  }
  return found;
}

Extent extent(const std::string& text) {
  const auto parts = words(text, 'x');
  if (parts.size() != 2) throw std::invalid_argument(text + " is not WIDTHxHEIGHT");
  return {whole_number(parts[0]), whole_number(parts[1])};
}

// "late:20": the word before the colon, and the number after it.
struct Qualified {
  std::string word;
  int number = 0;
};

Qualified qualified(const std::string& text) {
  const auto parts = words(text, ':');
  return {parts[0], parts.size() > 1 ? whole_number(parts[1]) : 0};
}

void set_release(Behaviour& behaviour, const std::string& text) {
  static const std::map<std::string, Release, std::less<>> names{
      {"immediately", Release::immediately},
      {"on-replace", Release::on_replace},
      {"late", Release::late},
      {"uneven", Release::uneven},
      {"never", Release::never}};
  const auto [word, number] = qualified(text);
  behaviour.release = named(names, word);
  behaviour.release_delay = milliseconds(number);
}

void set_callbacks(Behaviour& behaviour, const std::string& text) {
  static const std::map<std::string, FrameCallbacks, std::less<>> names{
      {"normal", FrameCallbacks::normal},
      {"stop-after", FrameCallbacks::stopping},
      {"slow", FrameCallbacks::slow}};
  const auto [word, number] = qualified(text);
  behaviour.frame_callbacks = named(names, word);
  behaviour.callbacks = number;
  behaviour.callback_delay = milliseconds(number);
}

void set_keys(Behaviour& behaviour, const std::string& text) {
  for (const std::string& name : words(text, ',')) behaviour.keys.push_back(named(key_codes, name));
}

using Setter = std::function<void(Behaviour&, const std::string&)>;

const std::map<std::string, Setter, std::less<>>& setters() {
  static const std::map<std::string, Setter, std::less<>> table{
      {"--socket", [](Behaviour& b, const std::string& s) { b.socket = s; }},
      {"--report", [](Behaviour& b, const std::string& s) { b.report = s; }},
      {"--drm", [](Behaviour& b, const std::string& s) { b.drm = s; }},
      {"--output", [](Behaviour& b, const std::string& s) { b.output = extent(s); }},
      {"--outputs", [](Behaviour& b, const std::string& s) { b.outputs = whole_number(s); }},
      {"--discard", [](Behaviour& b, const std::string& s) { b.discarded = whole_number(s); }},
      {"--window", [](Behaviour& b, const std::string& s) { b.window = extent(s); }},
      {"--scale", [](Behaviour& b, const std::string& s) { b.scale = std::stod(s); }},
      {"--release", set_release},
      {"--frame-callbacks", set_callbacks},
      {"--feedback",
       [](Behaviour& b, const std::string& s) { b.feedback = named(feedback_names, s); }},
      {"--configure-storm",
       [](Behaviour& b, const std::string& s) { b.configure_storm = whole_number(s); }},
      {"--close-after",
       [](Behaviour& b, const std::string& s) { b.close_after = whole_number(s); }},
      {"--protocol-error-after",
       [](Behaviour& b, const std::string& s) { b.protocol_error_after = whole_number(s); }},
      {"--die-after", [](Behaviour& b, const std::string& s) { b.die_after = whole_number(s); }},
      {"--ping-every",
       [](Behaviour& b, const std::string& s) { b.ping_every = milliseconds(whole_number(s)); }},
      {"--without", [](Behaviour& b, const std::string& s) { b.without.insert(s); }},
      {"--keys", set_keys},
  };
  return table;
}

}  // namespace

Behaviour parse_behaviour(const std::vector<std::string>& arguments) {
  Behaviour behaviour;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--refuse-dmabuf") {
      behaviour.refuse_dmabuf = true;
      continue;
    }
    const auto setter = setters().find(arguments[i]);
    if (setter == setters().end()) throw std::invalid_argument("unknown option " + arguments[i]);
    if (i + 1 == arguments.size()) throw std::invalid_argument(arguments[i] + " needs a value");
    setter->second(behaviour, arguments[++i]);
  }
  return behaviour;
}

std::string usage() {
  std::string text = "usage: fake-compositor [--refuse-dmabuf]";
  for (const auto& [name, setter] : setters()) text += " [" + name + " VALUE]";
  return text;
}

}  // namespace drmshow::fake
