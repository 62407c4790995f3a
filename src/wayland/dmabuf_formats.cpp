#include "wayland/dmabuf_formats.hpp"

#include <algorithm>
#include <utility>

#include <sys/mman.h>
#include <sys/stat.h>

#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"
#include "wayland/wayland_client.hpp"

namespace drmshow {
namespace {

std::span<const std::byte> bytes_of(const wl_array& array) {
  return {static_cast<const std::byte*>(array.data), array.size};
}

/// A table that the compositor shares, mapped for as long as it is read.
class MappedTable {
 public:
  /// Behind its end a file gives SIGBUS, so its own size counts as well as what is said.
  MappedTable(int fd, std::size_t said) {
    struct stat status {};
    if (::fstat(fd, &status) != 0 || status.st_size <= 0) return;
    length_ = std::min(said, static_cast<std::size_t>(status.st_size));
    if (length_ == 0) return;
    void* const address = ::mmap(nullptr, length_, PROT_READ, MAP_PRIVATE, fd, 0);
    if (address != MAP_FAILED) address_ = static_cast<const std::byte*>(address);
  }
  ~MappedTable() {
    if (address_) ::munmap(const_cast<std::byte*>(address_), length_);
  }
  MappedTable(const MappedTable&) = delete;
  MappedTable& operator=(const MappedTable&) = delete;

  std::span<const std::byte> bytes() const { return {address_, address_ ? length_ : 0}; }

 private:
  const std::byte* address_ = nullptr;
  std::size_t length_ = 0;
};

}  // namespace

struct DmabufFormats::Impl {
  zwp_linux_dmabuf_feedback_v1* asked = nullptr;
  DmabufFeedbackReader reader;
  DmabufFeedback feedback;
  std::uint64_t version = 0;

  ~Impl() {
    if (asked) zwp_linux_dmabuf_feedback_v1_destroy(asked);
  }

  using Raw = zwp_linux_dmabuf_feedback_v1;
  static Impl& from(void* data) { return *static_cast<Impl*>(data); }

  static void on_done(void* data, Raw* /*raw*/) {
    from(data).feedback = from(data).reader.done();
    ++from(data).version;
  }
  static void on_table(void* data, Raw* /*raw*/, std::int32_t fd, std::uint32_t size) {
    const UniqueFd file{fd};
    const MappedTable mapped{file.get(), size};
    from(data).reader.table(mapped.bytes());
  }
  static void on_main_device(void* data, Raw* /*raw*/, wl_array* device) {
    from(data).reader.main_device(bytes_of(*device));
  }
  static void on_tranche_done(void* data, Raw* /*raw*/) { from(data).reader.tranche_done(); }
  static void on_target(void* data, Raw* /*raw*/, wl_array* device) {
    from(data).reader.tranche_target_device(bytes_of(*device));
  }
  static void on_formats(void* data, Raw* /*raw*/, wl_array* indices) {
    from(data).reader.tranche_formats(bytes_of(*indices));
  }
  static void on_flags(void* data, Raw* /*raw*/, std::uint32_t flags) {
    from(data).reader.tranche_flags(flags);
  }
  static constexpr zwp_linux_dmabuf_feedback_v1_listener listener{
      on_done, on_table, on_main_device, on_tranche_done, on_target, on_formats, on_flags};
};

DmabufFormats::DmabufFormats(WaylandConnection& connection, const WaylandGlobals& globals,
                             wl_surface* surface)
    : impl_{std::make_unique<Impl>()} {
  if (!globals.dmabuf()) return;
  if (globals.dmabuf_version() < ZWP_LINUX_DMABUF_V1_GET_DEFAULT_FEEDBACK_SINCE_VERSION) {
    impl_->feedback.tranches.push_back({0, false, gather_formats(globals.dmabuf_pairs())});
    impl_->version = 1;
    return;
  }
  impl_->asked = surface ? zwp_linux_dmabuf_v1_get_surface_feedback(globals.dmabuf(), surface)
                         : zwp_linux_dmabuf_v1_get_default_feedback(globals.dmabuf());
  zwp_linux_dmabuf_feedback_v1_add_listener(impl_->asked, &Impl::listener, impl_.get());
  // All of it comes at once, before the answer to this.
  static_cast<void>(connection.roundtrip());
}

DmabufFormats::~DmabufFormats() = default;

const DmabufFeedback& DmabufFormats::feedback() const {
  return impl_->feedback;
}

std::uint64_t DmabufFormats::version() const {
  return impl_->version;
}

}  // namespace drmshow
