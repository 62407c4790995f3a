#!/usr/bin/env python3
"""session_cases.py CASE: one case of test_session_vkms, in the guest, on VT 3 as the controlling
terminal of the session that it leads."""
import os
import random
import signal
import subprocess
import sys
import time

from session_guest import (AUTO, GRAPHICS, K_OFF, K_UNICODE, K_XLATE, KDSETMODE, KDSKBMODE, PROCESS, TEXT,
                           VT_SETMODE, Held, display, fcntl, go_to, guards_alive, modes, pathlib, shown, vt,
                           wait_for)

HOME, OTHER = 3, 5  # we are on the first; nobody is on the other
AS_BEFORE = (TEXT, K_UNICODE, AUTO)
DROP_MASTER = 0x641F
RESTORED = "the console has been restored"


def bystander():
    """Has the device open, so that the kernel's console does not come back by itself: what is right
    afterwards has been put right."""
    card = os.open("/dev/dri/card0", os.O_RDWR)
    fcntl.ioctl(card, DROP_MASTER)
    return card


def no_guard_is_left():
    wait_for(lambda: not guards_alive(), "the guard's end", 2)


def check_restored(number, before, keyboard=K_UNICODE):
    assert modes(number) == (TEXT, keyboard, AUTO), f"VT {number}: {modes(number)}"
    assert display() == before, f"{before}\n{display()}"
    no_guard_is_left()


def deaths():
    """Every way to die, each with the other keyboard mode too."""
    os.close(os.open("/dev/dri/card0", os.O_RDWR))
    before = display()
    card = bystander()
    for keyboard in (K_UNICODE, K_XLATE):
        fcntl.ioctl(0, KDSKBMODE, keyboard)
        for mode, code in (("exit", 3), ("abort", -signal.SIGABRT), ("segv", -signal.SIGSEGV),
                           ("throw", -signal.SIGABRT), ("hold", -signal.SIGKILL)):
            held = Held(mode).ready()
            if mode == "hold":
                assert modes(HOME) == (GRAPHICS, keyboard, PROCESS), modes(HOME)
                assert display() != before
                held.kill()
            assert held.end() == code, mode
            assert RESTORED in held.error and str(held.process.pid) in held.error, held.error
            check_restored(HOME, before, keyboard)
    os.close(card)


def ways_back():
    """Through atomic and legacy mode setting, with several outputs; and dark if that is refused."""
    os.close(os.open("/dev/dri/card0", os.O_RDWR))
    before = display()
    card = bystander()
    for way in ("atomic", "legacy"):
        held = Held(options=("--way", way)).ready()
        assert display() != before
        held.kill_and_end()
        assert RESTORED in held.error, held.error
        check_restored(HOME, before)
    held = Held(options=("--way", "dark")).ready()
    held.kill_and_end()
    assert RESTORED in held.error and modes(HOME) == AS_BEFORE, held.error
    assert "active=1" not in display() and "active=0" in display(), display()
    os.close(card)
    assert display() == before, "the kernel's console did not come back by itself"


def end_in_order():
    os.close(os.open("/dev/dri/card0", os.O_RDWR))
    before = display()
    held = Held().ready()
    held.kill(signal.SIGTERM)
    assert held.end() == 0
    assert held.error == "", held.error
    assert modes(HOME) == AS_BEFORE
    no_guard_is_left()
    assert display() == before


def stopped_then_killed():
    held = Held().ready()
    held.kill(signal.SIGSTOP)
    time.sleep(0.1)
    assert modes(HOME)[0] == GRAPHICS
    held.kill()
    held.end()
    assert RESTORED in held.error and modes(HOME) == AS_BEFORE


def random_kills():
    """At any moment of 200 lives, the first modeset among them."""
    seed = int(os.environ.get("SEED", time.time()))
    print(f"seed {seed}")
    chance = random.Random(seed)
    os.close(os.open("/dev/dri/card0", os.O_RDWR))
    before = display()
    started = time.monotonic()
    Held().ready().kill_and_end()
    life = time.monotonic() - started
    card = bystander()
    for _ in range(200):
        held = Held()
        time.sleep(chance.uniform(0, 1.2 * life))
        held.kill_and_end()
        check_restored(HOME, before)
    os.close(card)


def killed_while_ending():
    """At any moment of an end in order, also between the last steps of it."""
    os.close(os.open("/dev/dri/card0", os.O_RDWR))
    before = display()
    chance = random.Random(11)
    started = time.monotonic()
    held = Held().ready()
    started = time.monotonic()
    held.kill(signal.SIGTERM)
    held.end()
    duration = time.monotonic() - started
    for _ in range(100):
        held = Held().ready()
        held.kill(signal.SIGTERM)
        time.sleep(chance.uniform(0, duration))
        held.kill_and_end()
        check_restored(HOME, before)


def leader_dies():
    """The end of a session's leader hangs the terminal up, under the guard too."""
    before = display()
    for _ in range(5):
        held = Held(leader=OTHER)
        held.hear("ready VT 5")
        assert modes(OTHER)[0] == GRAPHICS
        held.kill_and_end()
        wait_for(lambda: not guards_alive(), "the guard's end")
        assert modes(OTHER) == AS_BEFORE, modes(OTHER)
    assert display() == before or "fb=0" in before


def user_leads_and_dies():
    """Hung up and without any right: the guard's child becomes the leader of a session there."""
    os.chmod("/dev/dri/card0", 0o666)
    os.chown("/dev/tty5", 65534, -1)  # as login does
    go_to(OTHER)
    for _ in range(5):
        held = Held(leader=OTHER, user=65534)
        held.hear("ready VT 5")
        assert modes(OTHER)[0] == GRAPHICS
        held.kill_and_end()
        assert RESTORED in held.error, held.error
        no_guard_is_left()
        assert modes(OTHER) == AS_BEFORE, modes(OTHER)
    go_to(HOME)


def guard_killed():
    """It is started again, the console comes back all the same; and without it nothing happens."""
    held = Held().ready()
    for _ in range(5):
        os.kill(held.guards[-1], signal.SIGKILL)
        held.hear("guard")
        assert modes(HOME)[0] == GRAPHICS, "the guard's death changed the VT"
    assert len(set(held.guards)) == 6
    wait_for(lambda: guards_alive() == [str(held.guards[-1])], "the last guard's name")
    held.kill_and_end()
    assert RESTORED in held.error and modes(HOME) == AS_BEFORE


def names():
    """pkill by name or by command line, and kill on the whole process group, spare the guard."""
    for how in (["pkill", "-9", "hold-seat"], ["pkill", "-9", "-f", "hold-seat"]):
        held = Held().ready()
        subprocess.run(how, check=True)
        held.end()
        assert RESTORED in held.error and modes(HOME) == AS_BEFORE, how
    held = Held(group=True).ready()
    os.killpg(held.process.pid, signal.SIGKILL)
    held.end()
    assert RESTORED in held.error and modes(HOME) == AS_BEFORE


def guard_is_deaf():
    """Ctrl-C, hangup and the rest do not reach it."""
    held = Held().ready()
    for number in range(1, 32):
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            os.kill(held.guards[0], number)
    time.sleep(0.05)
    held.kill_and_end()
    assert len(held.guards) == 1 and RESTORED in held.error and modes(HOME) == AS_BEFORE


def guard_holds_little():
    """No more descriptors than it needs: pipes of others end when we do."""
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)
    held = Held(keep=(writer,)).ready()
    os.close(writer)
    links = {os.readlink(f"/proc/{held.guards[0]}/fd/{fd}") for fd in os.listdir(f"/proc/{held.guards[0]}/fd")}
    assert not any(link.startswith("pipe:") for link in links if link != os.readlink(f"/proc/{held.process.pid}/fd/2")), links
    assert {"/dev/dri/card0", "anon_inode:[pidfd]"} <= links or "/dev/dri/card0" in links, links
    held.kill_and_end()
    os.close(reader)


def switching():
    held = Held().ready()
    lit = display()
    for _ in range(100):
        go_to(OTHER)
        held.hear("leave")
        go_to(HOME)
        held.hear("enter")
    assert display() == lit and modes(HOME)[0] == GRAPHICS
    for _ in range(100):  # faster than it can follow
        for number in (OTHER, HOME):
            subprocess.run(["chvt", str(number)], check=True, timeout=10)
    assert shown() == HOME
    wait_for(lambda: display() == lit, "the picture")
    held.kill(signal.SIGTERM)
    assert held.end() == 0 and modes(HOME) == AS_BEFORE


def killed_in_the_background():
    """Whoever is shown does not notice."""
    one = Held().ready()
    two = Held(leader=OTHER).ready()
    go_to(OTHER)
    one.hear("leave")
    two.hear("enter")
    lit = display()
    one.kill_and_end()
    assert RESTORED in one.error, one.error
    assert modes(HOME) == AS_BEFORE and shown() == OTHER and display() == lit
    two.kill(signal.SIGTERM)
    assert two.end() == 0, two.error
    go_to(HOME)


def killed_while_a_switch_waits():
    """The switch goes on, whoever completes it."""
    held = Held().ready()
    held.kill(signal.SIGSTOP)
    fd = vt(0)
    fcntl.ioctl(fd, 0x5606, OTHER)
    time.sleep(0.05)
    assert shown() == HOME
    held.kill_and_end()
    assert shown() == OTHER and modes(HOME) == AS_BEFORE, (shown(), modes(HOME))
    go_to(HOME)


def strangers_signals():
    """SIGUSR1 and SIGUSR2 from anybody: it is not left suspended, and the next switch works."""
    held = Held().ready()
    lit = display()
    for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGUSR1, signal.SIGUSR1):
        held.kill(number)
        time.sleep(0.02)
    wait_for(lambda: display() == lit, "the picture")
    go_to(OTHER)
    held.hear("leave")
    for number in (signal.SIGUSR2, signal.SIGUSR1):
        held.kill(number)
    time.sleep(0.05)
    assert shown() == OTHER
    go_to(HOME)
    held.hear("enter")
    chance = random.Random(7)
    for _ in range(300):
        held.kill(chance.choice((signal.SIGUSR1, signal.SIGUSR2)))
        if chance.random() < 0.1:
            go_to(chance.choice((HOME, OTHER)))
    go_to(OTHER)
    go_to(HOME)
    wait_for(lambda: display() == lit and held.process.poll() is None, "the picture")
    held.kill(signal.SIGTERM)
    assert held.end() == 0 and modes(HOME) == AS_BEFORE


def started_in_the_background():
    go_to(OTHER)
    held = Held().ready()
    assert shown() == OTHER and modes(HOME) == (GRAPHICS, K_UNICODE, PROCESS)
    go_to(HOME)
    held.hear("enter")
    held.kill_and_end()
    assert modes(HOME) == AS_BEFORE


def two_of_them():
    one = Held().ready()
    two = Held(leader=OTHER, options=("--tty", "5"))
    two.hear("ready VT 5")
    one.hear("leave")
    for _ in range(50):
        go_to(HOME)
        one.hear("enter")
        go_to(OTHER)
        two.hear("enter")
    two.kill_and_end()
    wait_for(lambda: not any(int(pid) == two.guards[-1] for pid in guards_alive()), "its guard's end")
    assert modes(OTHER) == AS_BEFORE and modes(HOME)[0] == GRAPHICS
    wait_for(lambda: shown() == HOME, "the VT from which it was started")
    one.hear("enter")
    one.kill_and_end()
    assert modes(HOME) == AS_BEFORE
    no_guard_is_left()


def wished_vt():
    """A VT by number, or a free one: shown, left again, given back; also after a death."""
    for options, name in ((("--tty", "7"), "VT 7"), (("--tty", "free"), "VT 1")):
        number = int(name.split()[1])
        for end in (signal.SIGTERM, signal.SIGKILL):
            held = Held(options=options)
            held.hear(f"ready {name}")
            assert shown() == number and modes(number)[0] == GRAPHICS
            held.kill(end)
            held.end()
            wait_for(lambda: shown() == HOME, "our VT")
            assert modes(number) == AS_BEFORE and modes(HOME) == AS_BEFORE


def refused_vts():
    def refused(number, *words):
        held = Held(options=("--tty", str(number)))
        assert held.end() == 2, held.error
        assert all(word in held.error for word in words), held.error
        assert shown() == HOME
    graphical = vt(6)
    fcntl.ioctl(graphical, KDSETMODE, GRAPHICS)
    refused(6, "VT 6 belongs to a graphical program", "--rescue --tty 6")
    fcntl.ioctl(graphical, KDSETMODE, TEXT)
    login = subprocess.Popen(["setsid", "-c", "sleep", "60"], stdin=vt(8))
    wait_for(lambda: pathlib.Path(f"/proc/{login.pid}/stat").read_text().split()[6] != "0", "the login")
    refused(8, "VT 8 is in use by sleep")
    login.kill()
    login.wait()
    refused(64, "there is no VT 64", "1 to 63")


def holder_that_does_not_let_go():
    """A dead program's graphics mode with VT_AUTO holds the screen for ever."""
    fcntl.ioctl(0, KDSETMODE, GRAPHICS)
    held = Held(options=("--tty", "7"))
    assert held.end() == 5 and "VT 3 does not let go of the screen" in held.error, held.error
    assert modes(7) == AS_BEFORE
    fcntl.ioctl(0, KDSETMODE, TEXT)


def raw_keys_of_a_crashed_program():
    fcntl.ioctl(0, KDSKBMODE, K_OFF)
    held = Held().ready()
    assert modes(HOME) == (GRAPHICS, K_UNICODE, PROCESS)
    held.kill_and_end()
    assert modes(HOME) == AS_BEFORE


def no_right_to_the_vt():
    """A user who is not logged in there is told so, before anything changed."""
    os.chmod("/dev/dri/card0", 0o666)
    held = Held(user=65534, session=True)
    code = held.end()
    assert code == 4 and "CAP_SYS_TTY_CONFIG" in held.error, (code, held.error)
    assert modes(HOME) == AS_BEFORE


def as_a_user():
    """Logged in on the VT, with the device's permission: no privilege is needed."""
    os.chmod("/dev/dri/card0", 0o666)
    before = display()
    for _ in range(3):
        held = Held(user=65534).ready()
        go_to(OTHER)
        held.hear("leave")
        go_to(HOME)
        held.hear("enter")
        held.kill_and_end()
        assert RESTORED in held.error and modes(HOME) == AS_BEFORE, (held.error, modes(HOME))
    assert display() == before or "fb=0" in before


def both_killed():
    """What nobody restores: the kernel resets the VT at the next switch, since VT_PROCESS was set."""
    held = Held().ready()
    os.kill(held.process.pid, signal.SIGSTOP)
    os.kill(held.guards[0], signal.SIGKILL)
    held.kill_and_end()
    assert modes(HOME)[0] == GRAPHICS
    go_to(OTHER)
    assert modes(HOME) == AS_BEFORE
    go_to(HOME)


def status(pid, field):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return line.split(":")[1].split()
    raise AssertionError(field)


def privileges():
    """Root keeps what it needs, and switching, the display's return and the guard work with that."""
    tty_config, admin, override = 1 << 26, 1 << 21, 1 << 1
    for needed, capabilities in (("none", 0), ("vt", tty_config), ("vt,master,files", tty_config | admin | override)):
        held = Held(options=("--drop", needed)).ready()
        pid = held.process.pid
        for field in ("CapEff", "CapPrm"):
            assert int(status(pid, field)[0], 16) == capabilities, (needed, status(pid, field))
        assert status(pid, "NoNewPrivs") == ["1"]
        go_to(OTHER)
        held.hear("leave")
        go_to(HOME)
        held.hear("enter")
        held.kill_and_end()
        assert RESTORED in held.error and modes(HOME) == AS_BEFORE, held.error
    # On a VT that is not the controlling terminal one of them is really needed: to go back.
    for needed, works in (("vt", True), ("none", False)):
        held = Held(options=("--drop", needed, "--tty", "7"))
        held.hear("ready VT 7")
        held.kill(signal.SIGTERM)
        held.end()
        assert modes(7) == AS_BEFORE
        time.sleep(0.1)
        assert (shown() == HOME) == works, (needed, shown())


def set_uid():
    """Started by a user, with root's rights until the devices are open."""
    program = "/tmp/hold-seat-suid"
    subprocess.run(["cp", os.environ["HOLD"], program], check=True)
    os.chown(program, 0, 0)
    os.chmod(program, 0o4755)
    os.chmod("/dev/dri/card0", 0o600)
    held = Held(user=65534, program=program, options=("--drop", "none")).ready()
    assert status(held.process.pid, "Uid") == ["65534"] * 4, status(held.process.pid, "Uid")
    assert int(status(held.process.pid, "CapPrm")[0], 16) == 0
    held.kill(signal.SIGTERM)
    assert held.end() == 0 and modes(HOME) == AS_BEFORE, held.error
    no_guard_is_left()
    held = Held(user=65534, program=program, options=("--drop", "none")).ready()
    held.kill_and_end()
    assert RESTORED in held.error and modes(HOME) == AS_BEFORE


def rescue():
    def says(*words, options=("--tty", "7")):
        done = subprocess.run([os.environ["HOLD"], "rescue", *options], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert all(word in done.stdout for word in words), done.stdout
        assert modes(int(options[1]) if options else HOME) == AS_BEFORE
    says("VT 7 is in order")
    broken = vt(7)
    fcntl.ioctl(broken, VT_SETMODE, bytes([PROCESS, 0, 10, 0, 12, 0, 0, 0]))
    fcntl.ioctl(broken, KDSETMODE, GRAPHICS)
    fcntl.ioctl(broken, KDSKBMODE, K_OFF)
    subprocess.run(["stty", "raw", "-echo"], stdin=broken, check=True)
    says("VT 7: it was in graphics mode, now text; its keyboard was switched off, now Unicode; "
         "a program was in charge of switching")
    settings = subprocess.run(["stty", "-a"], stdin=broken, capture_output=True, text=True, check=True).stdout
    assert {"icanon", "echo", "isig", "opost"} <= set(settings.split()), settings
    # The one that is shown, after both have been killed.
    held = Held().ready()
    held.kill(signal.SIGSTOP)
    os.kill(held.guards[0], signal.SIGKILL)
    held.kill_and_end()
    assert modes(HOME)[0] == GRAPHICS
    says("VT 3: it was in graphics mode", options=())
    done = subprocess.run([os.environ["HOLD"], "rescue", "--tty", "99"], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "there is no VT 99" in done.stderr


if __name__ == "__main__":
    globals()[sys.argv[1]]()
