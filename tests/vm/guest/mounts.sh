# shellcheck shell=sh
# The file systems of a guest. Sourced by both first programs (init-uml, init-qemu).

# Lay a tmpfs over the host's files at $1 (read-only): the guest may write
# anywhere at $2/root, and the host never notices.
overlay_root() {
    mount -t tmpfs -o mode=755 tmpfs "$2"
    mkdir "$2/upper" "$2/work" "$2/root"
    mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/root"
}

# Mount what every Linux system has below $1. /tmp stays what the overlay
# shows, so that the host's temporary files can still be read.
mount_kernel_files() {
    mount -t proc proc "$1/proc"
    mount -t sysfs sysfs "$1/sys"
    mount -t devtmpfs devtmpfs "$1/dev"
    mkdir -p "$1/dev/pts" "$1/dev/shm"
    mount -t devpts -o gid=5,mode=620,ptmxmode=666 devpts "$1/dev/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm"
    mount -t tmpfs -o mode=755 tmpfs "$1/run"
    mkdir -p "$1/run/lock" "$1/run/user"
    mount -t debugfs debugfs "$1/sys/kernel/debug"
    mount -t configfs configfs "$1/sys/kernel/config" 2>/dev/null || true
    ln -sf /proc/self/fd "$1/dev/fd"
    ln -sf /proc/self/fd/0 "$1/dev/stdin"
    ln -sf /proc/self/fd/1 "$1/dev/stdout"
    ln -sf /proc/self/fd/2 "$1/dev/stderr"
}
