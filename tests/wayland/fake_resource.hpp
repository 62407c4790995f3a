// libwayland-server's resources with C++ objects behind them.
#pragma once

#include <wayland-server-core.h>

#include <functional>
#include <memory>

namespace drmshow::fake {

// For requests that change nothing here. It converts to any function pointer.
inline constexpr auto nothing = [](auto...) {};

inline void destroy_resource(wl_client* /*client*/, wl_resource* resource) {
  wl_resource_destroy(resource);
}

// The object behind a resource that make_resource made.
template <class T>
const std::shared_ptr<T>& object_of(wl_resource* resource) {
  return *static_cast<std::shared_ptr<T>*>(wl_resource_get_user_data(resource));
}

// A resource that shares an object, until it is destroyed.
template <class T>
wl_resource* make_resource(wl_client* client, const wl_interface& interface, int version,
                           std::uint32_t id, const void* requests, std::shared_ptr<T> object) {
  wl_resource* resource = wl_resource_create(client, &interface, version, id);
  auto held = std::make_unique<std::shared_ptr<T>>(std::move(object));
  wl_resource_set_implementation(resource, requests, held.release(), [](wl_resource* gone) {
    const std::unique_ptr<std::shared_ptr<T>> last(
        static_cast<std::shared_ptr<T>*>(wl_resource_get_user_data(gone)));
  });
  return resource;
}

// Somebody else's resource, which may be destroyed at any time: then get() is null.
class WatchedResource {
 public:
  WatchedResource(wl_resource* resource, std::function<void()> on_end)
      : resource_(resource), on_end_(std::move(on_end)) {
    listener_.owner = this;
    listener_.notify = &WatchedResource::ended;
    wl_resource_add_destroy_listener(resource_, &listener_);
  }
  ~WatchedResource() {
    if (resource_ != nullptr) wl_list_remove(&listener_.link);
  }
  WatchedResource(const WatchedResource&) = delete;
  WatchedResource& operator=(const WatchedResource&) = delete;

  wl_resource* get() const { return resource_; }

 private:
  struct Listener : wl_listener {
    WatchedResource* owner = nullptr;
  };

  static void ended(wl_listener* listener, void* /*resource*/) {
    WatchedResource& self = *static_cast<Listener*>(listener)->owner;
    wl_list_remove(&self.listener_.link);
    self.resource_ = nullptr;
    self.on_end_();
  }

  wl_resource* resource_;
  std::function<void()> on_end_;
  Listener listener_{};
};

}  // namespace drmshow::fake
