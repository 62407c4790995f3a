// Memory for one picture in a window.
#pragma once

#include <cstdint>
#include <memory>

#include "present/surface.hpp"
#include "window/window_screen.hpp"

namespace drmshow {

class WindowSurface final : public Surface {
 public:
  /// Shared memory (wl_shm), which the CPU draws into.
  WindowSurface(WindowScreen& screen, Size size, Format format);
  /// An image, which whoever made it draws into. Throws Error if the compositor does not take it.
  WindowSurface(WindowScreen& screen, std::unique_ptr<ScanoutImage> image);
  /// What the compositor still reads stays with the screen until it has released it.
  ~WindowSurface() override;

  Size size() const override { return size_; }
  Format format() const override { return format_; }
  const Mapping* mapping() const override { return mapping_; }
  ScanoutImage* image() const override { return image_.get(); }

  const WaylandBuffer& buffer() const { return buffer_->buffer(); }
  /// The cookie of its releases.
  std::uint64_t number() const { return number_; }

  /// The compositor reads it: set by a commit, which may have points, cleared by its release.
  void hold(const std::optional<SyncPoints>& points);
  void let_go() { screen_.let_go(number_); }
  const std::optional<SyncPoints>& points() const { return points_; }
  /// Lets a compositor that waits for the memory's own fences wait for this one. False if that
  /// cannot be: then it has to be waited for before the commit.
  bool attach(int sync_file) const;
  /// What has to signal before the memory is written again, although it was released: a GPU of the
  /// compositor's may still read it. Empty if nothing has.
  UniqueFd fence_of_readers() const;

 private:
  WindowScreen& screen_;
  std::uint64_t number_;
  Size size_;
  Format format_;
  std::unique_ptr<ScanoutImage> image_;
  const Mapping* mapping_ = nullptr;  // the buffer's
  std::unique_ptr<WindowBuffer> buffer_;
  std::optional<SyncPoints> points_;  // of the last commit
};

class WindowSurfaceMaker final : public SurfaceMaker {
 public:
  /// Both outlive it; `images` may be nullptr if nothing but ImageRung::copy is asked for.
  WindowSurfaceMaker(WindowScreen& screen, ImageSource* images)
      : screen_{screen}, images_{images} {}
  std::unique_ptr<Surface> make(const ImageWay& way, Size size, Format format) override;

 private:
  WindowScreen& screen_;
  ImageSource* images_;
};

}  // namespace drmshow
