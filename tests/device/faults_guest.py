#!/usr/bin/env python3
"""The faults of the matrix, run in the guest by test_faults_vkms.py and test_faults_qemu.py: a line of
JSON for each.

    SHOW=drm-show faults_guest.py crashes          all of a group
    SHOW=drm-show faults_guest.py '=SIGKILL'       one
"""
import faults_crashes  # noqa: F401  (each registers its faults)
import faults_guard  # noqa: F401
import faults_resources  # noqa: F401
import faults_seatd  # noqa: F401
import faults_vt  # noqa: F401
import faults_display  # noqa: F401  (last: after it there may be no device)
from faults_trial import FAULTS, main  # noqa: F401

if __name__ == "__main__":
    main()
