// linux-dmabuf feedback from a compositor that lies: events in any order, of any length.
//
// An input is a list of events: a byte that says which, two with the length (little endian), the
// rest.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <span>

#include "wayland/dmabuf_feedback.hpp"

namespace {

using namespace drmshow;
using Bytes = std::span<const std::byte>;

class Events {
 public:
  explicit Events(Bytes bytes) : bytes_{bytes} {}
  bool more() const { return bytes_.size() >= 3; }
  int kind() const { return std::to_integer<int>(bytes_[0]) % 7; }
  Bytes payload() const {
    const auto length =
        std::to_integer<std::size_t>(bytes_[1]) | std::to_integer<std::size_t>(bytes_[2]) << 8;
    return bytes_.subspan(3, std::min(length, bytes_.size() - 3));
  }
  void skip() { bytes_ = bytes_.subspan(3 + payload().size()); }

 private:
  Bytes bytes_;
};

void demand(bool holds) {
  if (!holds) std::abort();
}

/// Nothing comes from nowhere, and nothing comes twice.
void check(const DmabufFeedback& feedback, const std::set<FormatAndModifier>& told) {
  demand(feedback.tranches.size() <= 256);
  for (const DmabufTranche& tranche : feedback.tranches) {
    std::set<Format> formats;
    demand(!tranche.formats.empty());
    for (const FormatModifiers& row : tranche.formats) {
      demand(formats.insert(row.format).second);
      const std::set<Modifier> modifiers{row.modifiers.begin(), row.modifiers.end()};
      demand(modifiers.size() == row.modifiers.size());
      for (const Modifier modifier : modifiers) demand(told.contains({row.format, modifier}));
    }
  }
  demand(feedback.all_formats().empty() == feedback.tranches.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  DmabufFeedbackReader reader;
  std::set<FormatAndModifier> told;
  for (Events events{std::as_bytes(std::span{data, size})}; events.more(); events.skip()) {
    const Bytes payload = events.payload();
    switch (events.kind()) {
      case 0:
        for (const auto& pair : parse_dmabuf_table(payload)) told.insert(pair);
        reader.table(payload);
        break;
      case 1:
        reader.main_device(payload);
        break;
      case 2:
        reader.tranche_target_device(payload);
        break;
      case 3:
        reader.tranche_formats(payload);
        break;
      case 4:
        reader.tranche_flags(payload.empty() ? 0 : std::to_integer<std::uint32_t>(payload[0]));
        break;
      case 5:
        reader.tranche_done();
        break;
      default:
        check(reader.done(), told);
        break;
    }
  }
  check(reader.done(), told);
  return 0;
}
