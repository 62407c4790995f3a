// lease: leases the first connector, CRTC and plane of card0 to somebody, and stays until it is
// ended. Says "Leased" when it is done. The lessee is a process of its own, which calls itself
// "lessee".
#include <cstdint>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

namespace {

int fail(const char* what) {
  std::perror(what);
  return 1;
}

// The kernel notes who uses a descriptor at its ioctls.
void live_as_lessee(int fd) {
  prctl(PR_SET_NAME, "lessee");
  drmModeFreeResources(drmModeGetResources(fd));
  while (true) pause();
}

}  // namespace

int main() {
  const int fd = open("/dev/dri/card0", O_RDWR | O_CLOEXEC);
  if (fd < 0) return fail("open");
  drmSetClientCap(fd, DRM_CLIENT_CAP_ATOMIC, 1);
  const drmModeRes* resources = drmModeGetResources(fd);
  const drmModePlaneRes* planes = drmModeGetPlaneResources(fd);
  if (!resources || !planes) return fail("resources");
  const std::uint32_t objects[] = {resources->connectors[0], resources->crtcs[0],
                                   planes->planes[0]};
  std::uint32_t id = 0;
  const int lessee = drmModeCreateLease(fd, objects, 3, O_CLOEXEC, &id);
  if (lessee < 0) return fail("create lease");
  const int child = fork();
  if (child == 0) live_as_lessee(lessee);
  close(lessee);
  std::printf("Leased %u %u %u as lessee %u to %d\n", objects[0], objects[1], objects[2], id,
              child);
  std::fflush(stdout);
  while (true) pause();
}
