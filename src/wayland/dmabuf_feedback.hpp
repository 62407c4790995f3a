// What linux-dmabuf's feedback says: for which device buffers should be made, and in which layouts.
// Pure: the listener (dmabuf_formats) hands over bytes, which may be anything.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

#include "drm-show/scanout_image.hpp"

namespace drmshow {

/// Layouts that the compositor can use in the same way; better ones come first.
struct DmabufTranche {
  dev_t device = 0;      ///< that will read the buffers
  bool scanout = false;  ///< a display might show them without a copy
  /// As of a KMS plane. A format whose only modifier is INVALID has none: only the drivers know.
  PlaneFormats formats;
  friend bool operator==(const DmabufTranche&, const DmabufTranche&) = default;
};

struct DmabufFeedback {
  /// That the compositor draws with; 0: not said (version 3), or none that draws. Whoever has this
  /// number may be opened: it is a display or a GPU, never any other device.
  dev_t main_device = 0;
  std::vector<DmabufTranche> tranches;
  /// Why something of it was left out ("a tranche names entry 7 of a table of 3"); empty if
  /// nothing.
  std::string problem;

  /// All tranches as one, for who cannot choose.
  PlaneFormats all_formats() const;
  friend bool operator==(const DmabufFeedback&, const DmabufFeedback&) = default;
};

struct FormatAndModifier {
  Format format;
  Modifier modifier;
  friend auto operator<=>(const FormatAndModifier&, const FormatAndModifier&) = default;
};

/// zwp_linux_dmabuf_feedback_v1.format_table: 16 bytes an entry. An index has 16 bits, so entries
/// behind 65536 are left out, as is part of one at the end.
std::vector<FormatAndModifier> parse_dmabuf_table(std::span<const std::byte> table);

/// Gathers by format, in the order in which formats come first.
PlaneFormats gather_formats(std::span<const FormatAndModifier> pairs);

/// The events of one zwp_linux_dmabuf_feedback_v1, in the order of their arrival.
class DmabufFeedbackReader {
 public:
  void table(std::span<const std::byte> table);
  void main_device(std::span<const std::byte> device);
  void tranche_target_device(std::span<const std::byte> device);
  void tranche_formats(std::span<const std::byte> indices);
  void tranche_flags(std::uint32_t flags);
  void tranche_done();
  /// All parameters were sent: what they are. The table stays valid for what comes next.
  DmabufFeedback done();

 private:
  void note(std::string problem);

  std::vector<FormatAndModifier> table_;
  DmabufTranche tranche_;
  std::vector<FormatAndModifier> pairs_;  // of tranche_
  DmabufFeedback feedback_;
};

}  // namespace drmshow
