#!/usr/bin/env python3
"""console_seats.py CASE: one case of test_console_vkms, in the guest: on which terminal drm-show shows,
by whose permission, and what it does without a terminal."""
import fcntl
import os
import resource
import signal
import subprocess
import sys
import time

from console_guest import (AS_BEFORE, HOME, OTHER, SHOW, SIZE, TAKEN, Pixels, Show, display, framebuffers,
                           give_display_to_kernel, is_allocated, modes, pathlib, pattern, press, quit_by, reads, run, sees,
                           settings, slow_png, status, wait_for)
from session_guest import GRAPHICS, KDSETMODE, TEXT, go_to, guards_alive, shown, the_guard, vt

PLAIN = ("--no-label", "--mode", SIZE)
DAC_OVERRIDE, DAC_READ_SEARCH, SYS_ADMIN, SYS_TTY_CONFIG = 1 << 1, 1 << 2, 1 << 21, 1 << 26
VIDEO = 44  # the group's number in Debian
USER = 1000


def elsewhere():
    """From a session without a terminal (ssh, a service): --tty N and --tty free switch there, take keys
    from there, and switch back."""
    before = give_display_to_kernel()
    home = shown()
    for wish, number in (("9", 9), ("free", None)):
        show = Show(*PLAIN, "--tty", wish, session=True).shows()
        number = number or shown()
        assert shown() == number != home and modes(number) == TAKEN, (shown(), modes(number))
        sees(pattern("card"), f"shown on VT {wish}")
        assert "ends it" in show.out, show.out
        press("n", number)
        show.hear("Showing smpte on")
        sees(pattern("smpte"), f"keys of VT {wish}")
        go_to(home)
        wait_for(lambda: framebuffers() == 0 or display() == before, "it lets go")
        go_to(number)
        sees(pattern("smpte"), f"back on VT {wish}")
        press("q", number)
        assert show.wait() == 0, show.err
        assert shown() == home, shown()
        assert not is_allocated(number), f"VT {number} is still there"
        assert display() == before
    no_terminal_at_all(home)


def no_terminal_at_all(home):
    """Without --tty it leaves all terminals alone, and shows all the same."""
    was = modes(home)
    show = Show(*PLAIN, session=True).shows()
    assert shown() == home and modes(home) == was, modes(home)
    assert "ends it" not in show.out, show.out
    sees(pattern("card"), "without a terminal")
    press("q", home)
    time.sleep(0.2)
    assert show.alive()
    show.end()
    show = Show(*PLAIN, "--tty", "7", "--no-keys", session=True).shows()
    press("q", 7)
    time.sleep(0.2)
    assert show.alive() and shown() == 7
    show.end()
    assert shown() == home and not is_allocated(7)


def killed_elsewhere():
    """Then the guard switches back."""
    home = shown()
    show = Show(*PLAIN, "--tty", "9", session=True).shows()
    show.process.kill()
    show.wait()
    wait_for(lambda: shown() == home, "the VT before")
    wait_for(lambda: not guards_alive(), "the guard's end")
    assert modes(9) == AS_BEFORE, modes(9)


def refused():
    """Terminals of others, and what a user may not do, before anything changes."""
    home = shown()
    before = give_display_to_kernel()
    graphical = vt(6)
    fcntl.ioctl(graphical, KDSETMODE, GRAPHICS)
    refuses(2, "VT 6 belongs to a graphical program", "--tty", "6")
    fcntl.ioctl(graphical, KDSETMODE, TEXT)
    login = subprocess.Popen(["setsid", "-c", "sleep", "60"], stdin=vt(8))
    wait_for(lambda: pathlib.Path(f"/proc/{login.pid}/stat").read_text().split()[6] != "0", "the login")
    refuses(2, "VT 8 is in use by sleep", "--tty", "8")
    login.kill()
    login.wait()
    refuses(2, "1 to 63", "--tty", "64")
    refuses(2, "--no-vt", "--tty", "7", "--no-vt")
    refuses(2, "--tty", "--tty", "7", "--seat", "libseat")
    os.chmod("/dev/dri/card0", 0o666)
    for wish in ("7", "free"):
        said = refuses(4, "Permission denied", "--tty", wish, user=USER)
        assert "root" in said and "cannot open /dev/tty" in said, said
    said = refuses(4, "/dev/dri/card0", user=USER, before=lambda: os.chmod("/dev/dri/card0", 0o600))
    assert "video" in said, said
    assert shown() == home and modes(HOME) == AS_BEFORE and display() == before


def refuses(code, text, *arguments, user=None, before=None):
    if before:
        before()
    show = run(*arguments, session=True, user=user)
    assert show.process.returncode == code, (arguments, show.process.returncode, show.err)
    assert text in show.err and show.out == "", (arguments, show.out, show.err)
    return show.err


def rescue_while_it_lives():
    """Stopped or alive it keeps the display: it is named, and how to end it. Then --rescue finds all in order."""
    before = give_display_to_kernel()
    for stopped in (True, False):
        show = Show(*PLAIN, "--pattern", "bounce").shows()
        if stopped:
            show.process.send_signal(signal.SIGSTOP)
            wait_for(lambda: status(show.process.pid, "State")[0] in "T", "its standstill")
        rescue = run("--rescue", session=True)
        pid = show.process.pid
        assert rescue.process.returncode == 5 and "VT 3: it was in graphics mode, now text" in rescue.out, rescue.out
        wanted = (f"the display of card0 still is that of drm-show (pid {pid}"
                  + (", which is stopped" if stopped else "") + ")")
        assert wanted in rescue.err and f"sudo kill {pid}" in rescue.err, rescue.err
        assert modes(HOME) == AS_BEFORE
        if stopped:
            assert f"sudo kill -CONT {pid}; sudo kill {pid}." in rescue.err, rescue.err
            show.process.send_signal(signal.SIGCONT)
        show.end()
        assert modes(HOME) == AS_BEFORE and display() == before, display()
        rescue = run("--rescue", session=True)
        assert rescue.process.returncode == 0 and "VT 3 is in order" in rescue.out, rescue.out + rescue.err
    show = Show(*PLAIN).shows()  # of another VT than the one that is shown it has nothing to say
    rescue = run("--rescue", "--tty", "7", session=True)
    assert rescue.process.returncode == 0 and rescue.err == "", rescue.err
    show.end()
    rescue = run("--rescue", session=True, user=USER)
    assert rescue.process.returncode == 4 and "sudo drm-show" in rescue.err, rescue.err


def killed_on_a_terminal_of_roots():
    """By a user who may show there, but not bring it back once the session has ended."""
    os.chmod("/dev/dri/card0", 0o666)
    os.chown(f"/dev/tty{OTHER}", USER, -1)
    go_to(OTHER)
    show = Show(*PLAIN, leader=OTHER, user=USER).shows()
    os.chown(f"/dev/tty{OTHER}", 0, -1)
    show.process.kill()
    show.wait()
    show.hear_error(f"sudo drm-show --rescue --tty {OTHER}")
    assert modes(OTHER)[0] == GRAPHICS
    rescue = run("--rescue", "--tty", OTHER, session=True)
    assert rescue.process.returncode == 0 and modes(OTHER) == AS_BEFORE, rescue.err
    go_to(HOME)


def a_name_that_no_output_has():
    """With --wait it is waited for, since a dock may have it, and the names that there are are told."""
    show = Show(*PLAIN, "--output", "Virtual-7", "--wait")
    show.hear_error('there is no output "Virtual-7": waiting for one')
    show.hear_error("Virtual-1")
    show.end()


def libseat_without_a_manager():
    """libseat then manages the seat by itself, which takes root."""
    said = refuses(4, "does not open /dev/dri/card0", "--seat", "libseat", user=USER)
    assert "No seat manager looks after it" in said and "not the one that is shown" not in said, said


def background():
    """Started on a VT that is not shown: it waits, and shows when it is."""
    before = give_display_to_kernel()
    go_to(OTHER)
    show = Show(*PLAIN)
    show.hear_error("VT 3 is not in the foreground: waiting until it is")
    time.sleep(0.2)
    assert shown() == OTHER and "Showing" not in show.out and display() == before, (show.out, display())
    go_to(HOME)
    show.shows()
    sees(pattern("card"), "shown at last")
    quit_by(show, before=before)
    go_to(OTHER)
    show = Show(*PLAIN)
    show.hear_error("waiting until it is")
    press("n")  # typed there by nobody, but it is not lost
    show.end()
    assert shown() == OTHER and modes(HOME) == AS_BEFORE and display() == before
    show = run(*PLAIN, "--duration", "0.5")
    assert show.process.returncode == 0 and display() == before, show.err
    go_to(HOME)


def asking_changes_nothing():
    """--dry-run and --list-modes, looked at all along."""
    before = give_display_to_kernel()
    terminal = settings()
    state = (shown(), modes(HOME), modes(7), terminal)
    for arguments in (["--dry-run"], ["--dry-run", "--tty", "7"], ["--list-modes"], ["--dry-run", "--pattern", "bounce"]):
        show = Show(*arguments)
        ends = False
        while not ends:  # it is looked at once more after its end
            ends = not show.alive()
            now = (shown(), modes(HOME), modes(7), settings())
            assert now == state, (arguments, now)
            assert display() == before, arguments
        assert show.wait() == 0, (arguments, show.err)
        assert ("Nothing was changed" in show.out) == ("--dry-run" in arguments), show.out


def capabilities(show):
    """Of all its threads."""
    sets = set()
    for task in pathlib.Path(f"/proc/{show.process.pid}/task").iterdir():
        assert status(f"{show.process.pid}/task/{task.name}", "NoNewPrivs") == ["1"]
        assert int(status(f"{show.process.pid}/task/{task.name}", "CapInh")[0], 16) == 0
        sets |= {status(f"{show.process.pid}/task/{task.name}", field)[0] for field in ("CapEff", "CapPrm")}
    assert len(sets) == 1, sets
    return int(sets.pop(), 16)


def threads(show):
    return len(list(pathlib.Path(f"/proc/{show.process.pid}/task").iterdir()))


def privileges():
    """What root keeps while it shows."""
    photo = Pixels.blocks(64, 64).ppm("photo")
    theirs = pathlib.Path("/run/theirs")
    theirs.mkdir(mode=0o700)
    secret = theirs / "photo.ppm"
    secret.write_bytes(photo.read_bytes())
    os.chown(theirs, USER, USER)
    for arguments, kept in ((("--no-keys",), 0), ((), 0), ((photo,), 0), ((secret, "--no-keys"), DAC_READ_SEARCH),
                            (("--screenshot-dir", theirs), DAC_OVERRIDE),
                            (("--tty", "7", "--no-keys"), SYS_TTY_CONFIG)):
        show = Show(*PLAIN, *arguments).shows()
        assert capabilities(show) == kept, (arguments, hex(capabilities(show)))
        show.end()
        assert shown() == HOME and modes(HOME) == AS_BEFORE
    privileges_are_gone_before_pictures()
    another_guard_is_as_strong()
    show = Show(*PLAIN, "--no-vt", "--no-keys", session=True).shows()
    assert capabilities(show) == 0
    show.end()


def privileges_are_gone_before_pictures():
    """Whoever reads a picture has nothing to give to those who made it."""
    slow = slow_png("slow")
    show = Show(*PLAIN, slow, "--no-keys")
    show.wait_for(lambda: reads(show, slow), "that it reads")
    assert capabilities(show) == 0, hex(capabilities(show))
    guard = the_guard()
    assert int(status(guard, "CapEff")[0], 16) & SYS_ADMIN
    show.shows()
    show.end()


def another_guard_is_as_strong():
    """As far as it can be: the kernel spares it as well when memory runs out."""
    show = Show(*PLAIN).shows()
    first = the_guard()
    os.kill(int(first), signal.SIGKILL)
    wait_for(lambda: guards_alive() not in ([first], []), "another guard")
    second = the_guard()
    wait_for(lambda: pathlib.Path(f"/proc/{second}/oom_score_adj").read_text() == "-1000\n", "that it is spared", 1)
    assert pathlib.Path(f"/proc/{show.process.pid}/oom_score_adj").read_text() == "0\n"
    show.end()


def no_other_guard_for_now():
    """Where no process is to be had it is tried again."""
    os.chmod("/dev/dri/card0", 0o666)
    show = Show(*PLAIN, user=USER).shows()
    first = the_guard()
    resource.prlimit(show.process.pid, resource.RLIMIT_NPROC, (1, 100))
    os.kill(int(first), signal.SIGKILL)
    show.hear_error("there can be no other for now")
    time.sleep(1.5)
    assert not guards_alive() and show.err.count("guards") == 1, show.err
    resource.prlimit(show.process.pid, resource.RLIMIT_NPROC, (100, 100))
    show.hear_error("there is another", 3)
    the_guard()
    show.process.kill()
    show.wait()
    wait_for(lambda: not guards_alive(), "its end")
    assert modes(HOME) == AS_BEFORE


def privileges_with_vulkan():
    """Threads of the GPU's driver have none."""
    show = Show(*PLAIN, "--shader", "plasma", "--no-keys").shows()
    assert threads(show) > 2, threads(show)
    assert capabilities(show) == 0, hex(capabilities(show))
    show.end()


def set_uid():
    """Root's rights are for devices and terminals: of files it has its user's."""
    program = pathlib.Path("/tmp/drm-show-suid")
    program.write_bytes(SHOW.read_bytes())
    program.chmod(0o4755)
    os.chmod("/dev/dri/card0", 0o600)
    home = pathlib.Path("/run/theirs")
    home.mkdir()
    os.chown(home, USER, USER)
    secret, precious = Pixels.blocks(64, 64).ppm("secret"), pathlib.Path("/run/precious")
    secret.chmod(0o600)
    precious.write_text("precious")
    precious.chmod(0o600)
    folder = pathlib.Path("/run/folder")
    folder.mkdir(mode=0o755)

    def start(*arguments, **more):
        return Show(*PLAIN, *arguments, user=USER, program=program, env={"HOME": str(home)}, **more)

    for arguments in ((secret,), ("--ring-log", precious), ("--pattern", "bounce", "--ring-log", folder / "new")):
        show = start(*arguments, "--duration", "1")
        assert show.wait() != 0 and "Permission denied" in show.err, (arguments, show.err)
    assert precious.read_text() == "precious" and not list(folder.iterdir())
    show = start("--screenshot-dir", folder).shows()
    assert status(show.process.pid, "Uid") == [str(USER)] * 4 and capabilities(show) == 0
    press("s")
    show.hear_error("cannot write /run/folder/")
    show.end()
    assert not list(folder.iterdir())
    show = start("--tty", "7", "--no-keys", session=True).shows()
    assert capabilities(show) == SYS_TTY_CONFIG
    show.process.kill()
    show.wait()
    wait_for(lambda: not guards_alive() and shown() == HOME, "its end")
    assert modes(7) == AS_BEFORE
    kept = list((home / ".local/state/drm-show").iterdir())
    assert [file.stat().st_uid for file in kept] == [USER], kept
    for file in ("/dev/mem", "/etc/shadow", secret):
        show = start("--device", file)
        assert show.wait() in (3, 4), (file, show.process.returncode, show.err)
    show = Show("--rescue", "--tty", "7", user=USER, program=program, session=True)
    assert show.wait() == 4, (show.process.returncode, show.err)


def start_seatd():
    seatd = subprocess.Popen(["seatd", "-g", "video"], stderr=subprocess.DEVNULL)
    wait_for(pathlib.Path("/run/seatd.sock").exists, "seatd's socket")
    return seatd


def seatd_show(*arguments):
    os.chown(f"/dev/tty{HOME}", USER, -1)  # as login does
    return Show(*PLAIN, *arguments, user=USER, groups=[VIDEO], env={"LIBSEAT_BACKEND": "seatd"})


def with_seatd():
    """A user without any rights: pictures, keys, switches and the end of the manager."""
    seatd = start_seatd()
    before = give_display_to_kernel()
    assert not os.access("/dev/dri/card0", os.R_OK, effective_ids=False) or os.stat("/dev/dri/card0").st_mode & 7 == 0
    show = seatd_show("--seat", "libseat", "-v").shows()
    assert "Seat: seat0 (libseat)" in show.out, show.out
    assert int(status(show.process.pid, "CapEff")[0], 16) == 0 and status(show.process.pid, "Uid")[0] == str(USER)
    sees(pattern("card"), "a user's picture")
    press("n")
    show.hear("Showing smpte on")
    for _ in range(3):
        go_to(OTHER)
        assert modes(OTHER)[0] == TEXT
        go_to(HOME)
        wait_for(lambda: modes(HOME)[:2] == TAKEN[:2], f"graphics and keys, {modes(HOME)}")
    sees(pattern("smpte"), "the picture after switches")
    press("q")
    assert show.wait() == 0, show.err
    wait_for(lambda: modes(HOME)[:2] == AS_BEFORE[:2], f"text and keys, {modes(HOME)}")
    wait_for(lambda: display() == before, "the display as before")
    manager_killed(seatd, before)


def manager_killed(seatd, before):
    show = seatd_show().shows()  # by itself, since a manager runs
    sees(pattern("card"), "through the manager")
    seatd.send_signal(signal.SIGKILL)
    seatd.wait()
    assert show.wait() == 1, show.err
    assert "the seat manager has ended" in show.err, show.err
    assert modes(HOME) == AS_BEFORE, modes(HOME)
    wait_for(lambda: display() == before, "the display as before")
    for number in (OTHER, HOME):
        go_to(number)
    show = seatd_show("--seat", "libseat")
    assert show.wait() == 4, (show.process.returncode, show.err)
    assert "seatd" in show.err, show.err


if __name__ == "__main__":
    globals()[sys.argv[1]]()
