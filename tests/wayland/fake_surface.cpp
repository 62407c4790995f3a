#include "fake_surface.hpp"

#include <wayland-server-protocol.h>

#include <algorithm>
#include <utility>

#include "presentation-time-server-protocol.h"

namespace drmshow::fake {

namespace {

// A configure that is older has surely been read.
constexpr std::int64_t patience_ns = 500'000'000;

std::unique_ptr<WatchedResource> watched(wl_resource* resource) {
  return std::make_unique<WatchedResource>(resource, [] {});
}

std::uint32_t milliseconds_now() {
  return static_cast<std::uint32_t>(now_ns() / 1'000'000);
}

void discard(Resources& feedbacks) {
  for (auto& feedback : feedbacks) {
    if (feedback->get() == nullptr) continue;
    wp_presentation_feedback_send_discarded(feedback->get());
    wl_resource_destroy(feedback->get());
  }
  feedbacks.clear();
}

void present(World& world, wl_resource* feedback, std::uint64_t sequence) {
  if (wl_resource* output = output_of_windows(world, wl_resource_get_client(feedback))) {
    wp_presentation_feedback_send_sync_output(feedback, output);
  }
  const std::int64_t now = now_ns();
  const auto seconds = static_cast<std::uint64_t>(now / 1'000'000'000);
  wp_presentation_feedback_send_presented(
      feedback, static_cast<std::uint32_t>(seconds >> 32), static_cast<std::uint32_t>(seconds),
      static_cast<std::uint32_t>(now % 1'000'000'000), static_cast<std::uint32_t>(refresh_ns),
      static_cast<std::uint32_t>(sequence >> 32), static_cast<std::uint32_t>(sequence),
      WP_PRESENTATION_FEEDBACK_KIND_VSYNC);
  wl_resource_destroy(feedback);
}

}  // namespace

Surface::~Surface() {
  discard(feedbacks_);
  discard(pending_.feedbacks);
  for (Queued& queued : queue_) discard(queued.commit.feedbacks);
  std::erase(world_.surfaces, this);
}

void Surface::violation(const std::string& rule, const std::string& text) const {
  world_.report.violation(
      rule, "wl_surface " + std::to_string(wl_resource_get_id(resource_)) + ": " + text);
}

void Surface::attach(wl_resource* buffer) {
  pending_.attached = true;
  pending_.to = buffer == nullptr ? nullptr : watched(buffer);
}

bool Surface::holds(wl_resource* buffer) const {
  const auto has = [buffer](const ContentPtr& content) {
    return content && !content->given_back && content->buffer->resource() == buffer;
  };
  return has(current_) || std::any_of(retired_.begin(), retired_.end(), has) ||
         std::any_of(queue_.begin(), queue_.end(),
                     [&has](const Queued& queued) { return has(queued.content); });
}

void Surface::check_role() {
  if (!role) return;
  if (role->acked_serial == 0)
    violation("buffer before configure", "no configure is acknowledged yet");
  if (!role->unacked.empty() && now_ns() - role->unacked.front().time_ns > patience_ns) {
    violation("unacked configure",
              "configure " + std::to_string(role->unacked.front().serial) + " is old");
  }
}

void Surface::check_points(const Commit& commit) {
  const bool wanted = explicit_sync && commit.to != nullptr;
  if (commit.acquire.has_value() != wanted || commit.release.has_value() != wanted) {
    violation("fence points",
              "acquire and release point come with each buffer, and with nothing else");
  }
  for (const auto* point : {&commit.acquire, &commit.release}) {
    if (*point && !(*point)->timeline->use((*point)->number)) {
      violation("fence points", "point " + std::to_string((*point)->number) +
                                    " is not above those before it on its timeline");
    }
  }
}

void Surface::check(const Commit& commit) {
  check_points(commit);
  if (commit.callbacks.size() > 1) violation("frame callbacks", "more than one in a commit");
  if (commit.feedbacks.size() > 1) violation("twice in a commit", "presentation feedback");
  if (commit.to == nullptr) return;
  check_role();
  wl_resource* buffer = commit.to->get();
  if (buffer == nullptr) {
    violation("dead buffer", "it was destroyed between attach and commit");
  } else if ((!explicit_sync || world_.drm) && holds(buffer)) {
    violation("unreleased buffer",
              "wl_buffer " + std::to_string(wl_resource_get_id(buffer)) + " is committed again");
  }
}

Surface::ContentPtr Surface::hold(wl_resource* buffer) {
  const std::string name = "wl_buffer " + std::to_string(wl_resource_get_id(buffer));
  // When a client ends, its objects go in any order, which is no mistake.
  auto ended = [this, buffer, name] {
    const bool shown = current_ && !current_->given_back && current_->buffer->resource() == nullptr;
    if (shown && !world_.ending.contains(wl_resource_get_client(buffer))) {
      violation("unreleased buffer", name + " is destroyed while it is shown");
    }
  };
  auto held = std::make_unique<HeldBuffer>(buffer, std::move(ended));
  return std::make_unique<Content>(std::move(held));
}

Surface::ContentPtr Surface::content_of(const Commit& commit) {
  if (commit.to == nullptr || commit.to->get() == nullptr) return nullptr;
  ContentPtr content = hold(commit.to->get());
  content->number = commits_;
  content->committed_ns = now_ns();
  if (world_.drm) {
    content->acquire = commit.acquire;
    content->release = commit.release;
  }
  if (may_read(*content)) {
    content->buffer->look_again();  // it may have been drawn since hold() looked
    content->drawn_ns = content->committed_ns;
  }
  return content;
}

bool Surface::may_read(const Content& content) {
  return content.acquire ? content.acquire->passed() : content.buffer->drawn();
}

// What was drawn after its commit looks different now.
bool Surface::drawn(Content& content) {
  if (content.drawn_ns == 0 && may_read(content)) {
    content.drawn_ns = now_ns();
    content.buffer->look_again();
  }
  return content.drawn_ns != 0;
}

void Surface::commit() {
  if (!committed_ && on_first_commit) on_first_commit();
  committed_ = true;
  ++commits_;
  Queued queued{std::exchange(pending_, Commit{}), nullptr};
  check(queued.commit);
  queued.content = content_of(queued.commit);
  queue_.push_back(std::move(queued));
  apply_ready();
}

bool Surface::may_apply(const Queued& queued) const {
  return !(queued.commit.wait_barrier && barrier_) &&
         queued.commit.not_before_ns.value_or(0) <= now_ns() + refresh_ns / 2 &&
         (!queued.content || drawn(*queued.content));
}

void Surface::apply_ready() {
  while (!queue_.empty() && may_apply(queue_.front())) {
    Queued next = std::move(queue_.front());
    queue_.pop_front();
    apply(std::move(next));
  }
}

void Surface::apply(Queued queued) {
  Commit& commit = queued.commit;
  barrier_ = barrier_ || commit.set_barrier;
  const bool slow = world_.behaviour.frame_callbacks == FrameCallbacks::slow;
  const std::int64_t due =
      now_ns() + (slow ? world_.behaviour.callback_delay.count() * 1'000'000 : 0);
  for (auto& callback : commit.callbacks) callbacks_.push_back({std::move(callback), due});
  if (!commit.attached) return;
  discard(feedbacks_);  // whatever has not been shown never will be
  if (unshown_) world_.report.write("superseded", {{"commit", current_->number}});
  if (current_) retire(std::move(current_));
  feedbacks_ = std::move(commit.feedbacks);
  if (world_.discarded < world_.behaviour.discarded) {
    ++world_.discarded;
    discard(feedbacks_);
  }
  current_ = std::move(queued.content);
  unshown_ = current_ != nullptr;
  if (current_ && world_.behaviour.release == Release::immediately && follows(*current_)) {
    give_back(*current_);
  }
}

void Surface::give_back(Content& content) {
  content.release ? content.release->pass() : content.buffer->give_back();
  content.given_back = true;
}

void Surface::retire(ContentPtr old) {
  if (old->given_back || !follows(*old)) return;
  const bool at_once = world_.behaviour.release == Release::uneven && old->number % 2 != 0;
  const std::int64_t delay = at_once ? 0 : world_.behaviour.release_delay.count() * 1'000'000;
  old->give_back_ns = now_ns() + delay;
  retired_.push_back(std::move(old));
}

// Its client may only draw into a buffer that it has been given back.
void Surface::check_pixels(Content& content) {
  if (content.given_back || content.told_changed || !follows(content) ||
      !content.buffer->changed()) {
    return;
  }
  content.told_changed = true;
  violation("redrawn before release", "wl_buffer " + std::to_string(content.buffer->id()) +
                                          " of commit " + std::to_string(content.number));
}

void Surface::give_back_due() {
  for (ContentPtr& old : retired_) {
    check_pixels(*old);
    if (world_.behaviour.release == Release::never || old->give_back_ns > now_ns()) continue;
    give_back(*old);
    world_.report.write("release", {{"buffer", old->buffer->id()}, {"commit", old->number}});
  }
  std::erase_if(retired_, [](const ContentPtr& old) { return old->given_back; });
}

void Surface::write_frame() {
  const BufferLook& look = current_->buffer->look();
  nlohmann::json line{{"surface", wl_resource_get_id(resource_)},
                      {"buffer", current_->buffer->id()},
                      {"commit", current_->number},
                      {"kind", look.kind},
                      {"size", {look.size.width, look.size.height}},
                      {"destination", {destination.width, destination.height}},
                      {"tearing", tearing},
                      {"window", role != nullptr},
                      {"serial", role ? role->acked_serial : 0}};
  line["pixel"] = look.pixel;
  line["waited_ns"] = current_->drawn_ns - current_->committed_ns;
  if (current_->acquire) line["acquire"] = current_->acquire->number;
  if (current_->release) line["release"] = current_->release->number;
  // As text: JSON's numbers have 53 bits.
  line["checksum"] =
      look.checksum ? nlohmann::json(std::to_string(*look.checksum)) : nlohmann::json();
  world_.report.write("frame", std::move(line));
}

void Surface::show(std::uint64_t sequence) {
  unshown_ = false;
  write_frame();
  for (auto& feedback : feedbacks_) {
    if (feedback->get() != nullptr) present(world_, feedback->get(), sequence);
  }
  feedbacks_.clear();
}

void Surface::send_callbacks() {
  const Behaviour& behaviour = world_.behaviour;
  for (Callback& callback : callbacks_) {
    const bool stopped = behaviour.frame_callbacks == FrameCallbacks::stopping &&
                         world_.callbacks >= behaviour.callbacks;
    if (stopped || callback.due_ns > now_ns()) continue;
    if (callback.resource->get() != nullptr) {
      wl_callback_send_done(callback.resource->get(), milliseconds_now());
      wl_resource_destroy(callback.resource->get());
      ++world_.callbacks;
    }
    callback.resource.reset();
  }
  std::erase_if(callbacks_, [](const Callback& callback) { return callback.resource == nullptr; });
}

void Surface::tick(std::uint64_t sequence) {
  apply_ready();  // those whose time has come
  if (current_) check_pixels(*current_);
  const bool shown = unshown_;
  if (shown) show(sequence);
  barrier_ = false;
  apply_ready();  // who waited for the barrier is shown at the next tick
  give_back_due();
  send_callbacks();
  if (shown && role) after_frame(*this);
}

}  // namespace drmshow::fake
