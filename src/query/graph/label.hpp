// What the boxes of the routing graph say about each object. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "query/graph/graph.hpp"

namespace drmshow {

/// `text` as it may be shown anywhere: what is not valid UTF-8, controls and marks that change the
/// direction of writing are replaced by '?'; cut after 60 characters, "..." included.
std::string label_text(std::string_view text);

/// Characters, each taken to be one column wide.
std::size_t text_columns(std::string_view text);

/// "plane/31"; connectors have names of their own.
std::string node_name(NodeKind kind, std::uint32_t id);

/// On one line: "DP-1 Dell Inc. U2720Q".
std::string label(const GraphNode& node);

GraphNode make_node(const FramebufferInfo& fb);
GraphNode make_node(const Plane& plane, const Snapshot& snapshot);
GraphNode make_node(const Crtc& crtc);
GraphNode make_node(const Encoder& encoder);
GraphNode make_node(const Connector& connector, const Snapshot& snapshot);
/// Something refers to this id, and there is no such object.
GraphNode make_unlisted_node(NodeKind kind, std::uint32_t id);

}  // namespace drmshow
