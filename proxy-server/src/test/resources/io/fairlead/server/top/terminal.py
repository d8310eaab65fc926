"""Runs a command in a terminal of its own: terminal.py WIDTH HEIGHT SCREEN COMMAND...

What the command writes to the terminal goes to the file SCREEN. Standard output gets lines:
"before" and "after" with the settings of the terminal, "pid", and at last "status". Standard input
takes lines: "type q", "type \\x03" for Ctrl-C, "size 200 50".
"""
import fcntl, os, select, struct, subprocess, sys, termios


def say(*words):
    print(*words, flush=True)


def settings(terminal):
    said = subprocess.run(["stty", "-a"], stdin=terminal, capture_output=True, text=True, check=True)
    return " ".join(said.stdout.split())


def resize(terminal, width, height):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", int(height), int(width), 0, 0))


def start(terminal, master, command):
    pid = os.fork()
    if pid == 0:
        os.setsid()
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
        for stream in range(3):
            os.dup2(terminal, stream)
        os.close(master)
        os.execvp(command[0], command)
    return pid


def obey(line, master):
    verb, _, rest = line.partition(" ")
    if verb == "type":
        os.write(master, rest.encode().decode("unicode_escape").encode("latin-1"))
    elif verb == "size":
        resize(master, *rest.split())


def run(width, height, screen, command):
    master, terminal = os.openpty()
    resize(master, width, height)
    say("before", settings(terminal))
    pid = start(terminal, master, command)
    say("pid", pid)
    status = None
    with open(screen, "wb", buffering=0) as shown:
        while True:
            ready, _, _ = select.select([master, sys.stdin], [], [], 0.05)
            if master in ready:
                shown.write(os.read(master, 65536))
            elif status is not None:
                break  # all that was written before the end has been read
            if sys.stdin in ready:
                line = sys.stdin.readline()
                if not line:
                    os.kill(pid, 9)
                obey(line.rstrip("\n"), master)
            if status is None:
                ended, how = os.waitpid(pid, os.WNOHANG)
                status = os.waitstatus_to_exitcode(how) if ended else None
    say("after", settings(terminal))
    say("status", status)


run(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
