// Devices made by hand, whose routing the tests of the graph draw.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "kms/report.hpp"
#include "snapshot_builder.hpp"

namespace drmshow::test {

/// A builder whose framebuffers are listed, and whose connectors have monitors.
class DeviceBuilder : public SnapshotBuilder {
 public:
  /// Shows a framebuffer of its own on `plane`; nothing changes otherwise.
  FramebufferInfo& show(std::size_t plane, std::size_t crtc, Size size, Format format);
  /// light() and a framebuffer, of the size of `mode`.
  void light_mode(std::size_t connector, std::size_t encoder, std::size_t crtc, std::size_t plane,
                  const Mode& mode);
  /// Where on its CRTC a plane is.
  void place(std::size_t plane, Rect place);
  /// One that says it is `model`, with an EDID of the least size that is valid.
  void monitor(std::size_t connector, const std::string& model);

  Report report(const std::string& driver);
};

Mode full_hd();  ///< 1920x1080 @ 60.00 Hz
Mode uhd();      ///< 3840x2160 @ 60.00 Hz

Report one_output();    ///< and a cursor
Report four_outputs();  ///< three lit, 12 planes, an overlay and cursors
Report clones();        ///< a CRTC on two encoders, another on two connectors of one encoder
Report many_planes();   ///< 64, of which 4 are in use
Report laptop();        ///< 4 CRTCs with 7 planes each, 3 ports with encoders for DP MST
Report console();       ///< one framebuffer on two outputs
Report dark();          ///< nothing is lit
Report hostile();       ///< names that break out of quotes; ids of nothing; the same id twice
Report legacy();        ///< no planes listed, no CRTC_ID property

const std::map<std::string, std::function<Report()>>& devices();

}  // namespace drmshow::test
