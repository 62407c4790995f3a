# shellcheck shell=sh
# Ask the host for something, over the control line. Sourced by the vm-… commands.

# Print the answer to the question $*; fail with its reason when the host refuses.
# One question at a time: the lock is what keeps two answers apart.
ask() {
    answer=$({
        flock 9
        # Both directions over one opening: a virtio port can be opened only once.
        exec 8<>"$VM_CONTROL"
        printf 'ask %s\n' "$*" >&8
        read -r line <&8
        printf '%s\n' "$line"
    } 9>/run/vm/lock)
    case $answer in
        ok*) printf '%s' "${answer#ok}" ;;
        *) echo "${0##*/}: ${answer#error }" >&2; return 1 ;;
    esac
}

on_vkms() { [ "$VM_DISPLAY" = uml-vkms ]; }

fail() {
    echo "${0##*/}: $*" >&2
    exit 1
}
