// A wl_surface of the fake compositor: commits wait in a queue (fifo-v1, commit-timing-v1), become
// what is current, and are shown at the next tick, which is the output's vertical blank. It watches
// its client's manners.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fake_buffer.hpp"
#include "fake_timeline.hpp"
#include "fake_world.hpp"

namespace drmshow::fake {

using Resources = std::vector<std::unique_ptr<WatchedResource>>;

// One wl_surface.commit.
struct Commit {
  bool attached = false;                // wl_surface.attach was called
  std::unique_ptr<WatchedResource> to;  // the buffer; none: the surface is hidden
  Resources callbacks;
  Resources feedbacks;
  bool set_barrier = false;
  bool wait_barrier = false;
  std::optional<std::int64_t> not_before_ns;
  std::optional<SyncPoint> acquire;
  std::optional<SyncPoint> release;
};

// The xdg_surface of a surface.
struct Role {
  struct Sent {
    std::uint32_t serial = 0;
    std::int64_t time_ns = 0;
  };
  wl_resource* xdg_surface = nullptr;
  wl_resource* toplevel = nullptr;  // null until it has one, and again when it is destroyed
  std::deque<Sent> unacked;
  std::uint32_t acked_serial = 0;  // 0: none yet
};

class Surface {
 public:
  Surface(World& world, wl_resource* resource) : world_(world), resource_(resource) {}
  ~Surface();
  Surface(const Surface&) = delete;
  Surface& operator=(const Surface&) = delete;

  // Requests.
  Commit& pending() { return pending_; }
  void attach(wl_resource* buffer);
  void commit();

  // A vertical blank.
  void tick(std::uint64_t sequence);

  World& world() const { return world_; }
  wl_resource* resource() const { return resource_; }

  // Set by the extensions' objects.
  std::shared_ptr<Role> role;
  std::function<void()> on_first_commit;
  Extent destination;  // wp_viewport's; 0 without
  bool tearing = false;
  bool explicit_sync = false;
  bool has_fifo = false;
  bool has_timer = false;

 private:
  struct Content {  // of a commit with a buffer
    explicit Content(std::unique_ptr<HeldBuffer> held) : buffer(std::move(held)) {}
    std::unique_ptr<HeldBuffer> buffer;
    std::uint64_t number = 0;
    bool given_back = false;
    bool told_changed = false;
    std::int64_t give_back_ns = 0;  // once it is replaced
    std::int64_t committed_ns = 0;
    std::int64_t drawn_ns = 0;  // 0: it must not be read yet
    // With --drm only.
    std::optional<SyncPoint> acquire;
    std::optional<SyncPoint> release;
  };
  using ContentPtr = std::unique_ptr<Content>;
  struct Queued {
    Commit commit;
    ContentPtr content;
  };

  void check(const Commit& commit);
  void check_role();
  void check_points(const Commit& commit);
  ContentPtr hold(wl_resource* buffer);
  ContentPtr content_of(const Commit& commit);
  bool holds(wl_resource* buffer) const;
  // Whether we know, and decide, when it is released.
  bool follows(const Content& content) const { return !explicit_sync || content.release; }
  static bool may_read(const Content& content);
  static bool drawn(Content& content);
  bool may_apply(const Queued& queued) const;
  void apply_ready();
  void apply(Queued queued);
  void retire(ContentPtr old);
  static void give_back(Content& content);
  void check_pixels(Content& content);
  void give_back_due();
  void show(std::uint64_t sequence);
  void write_frame();
  void send_callbacks();
  void violation(const std::string& rule, const std::string& text) const;

  World& world_;
  wl_resource* resource_;
  Commit pending_;
  std::deque<Queued> queue_;
  ContentPtr current_;
  std::vector<ContentPtr> retired_;  // not given back yet
  struct Callback {
    std::unique_ptr<WatchedResource> resource;
    std::int64_t due_ns = 0;
  };
  std::vector<Callback> callbacks_;
  Resources feedbacks_;   // of what is current
  bool unshown_ = false;  // what is current has not been shown yet
  bool barrier_ = false;
  bool committed_ = false;
  std::uint64_t commits_ = 0;
};

}  // namespace drmshow::fake
