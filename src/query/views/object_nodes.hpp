// Each kind of KMS object as a node of a tree, with all that is known about it below: what the tree
// of a device and the view of one object are made of. Pure.
#pragma once

#include "kms/report.hpp"
#include "query/text/style.hpp"
#include "query/text/tree_writer.hpp"

namespace drmshow {

/// Whether modes are shown with the numbers that they are made of.
enum class Timings { hide, show };

/// What the nodes of one tree share. Refers to its report, which has to outlive it.
struct NodeContext {
  const Snapshot& kms;
  Access access;
  TextStyle style;
  Timings timings = Timings::hide;
};

TreeNode connector_node(const NodeContext& context, const Connector& connector);
TreeNode encoder_node(const NodeContext& context, const Encoder& encoder);
TreeNode crtc_node(const NodeContext& context, const Crtc& crtc);
TreeNode plane_node(const NodeContext& context, const Plane& plane);
TreeNode framebuffer_node(const NodeContext& context, const FramebufferInfo& fb);
TreeNode colorop_node(const NodeContext& context, const Colorop& colorop);

/// The pipelines that a plane offers; without children if it offers none.
TreeNode pipelines_node(const NodeContext& context, const Plane& plane);

/// "properties", a child for each.
TreeNode properties_node(const NodeContext& context, const PropertySet& properties);

/// In which colour the status of a connector is shown.
Role status_role(Connection connection);

/// "1920x1080 XRGB8888 LINEAR"
std::string framebuffer_text(const FramebufferInfo& fb);
/// "XRGB8888 LINEAR"; "depth 24, 32 bpp" where no more is known; may be empty.
std::string framebuffer_format(const FramebufferInfo& fb);

}  // namespace drmshow
