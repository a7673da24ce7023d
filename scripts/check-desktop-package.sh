#!/usr/bin/env bash
# Installs the Debian package of the desktop programs in a new Debian 12 root (debootstrap, minbase) without a JDK. Starts both programs on
# a virtual display, holds a call with the server and the bot of the package, and writes screenshots to target/package. Removes the
# package while a program runs. Make the package first: ./run package
#
#   sudo scripts/check-desktop-package.sh [--prepare PROGRAM]
#
#   --prepare PROGRAM  is called with the path of the root first, for instance to copy the settings with which this machine
#                      reaches its package mirrors
#
# Needs root, debootstrap and about 1.5 GB in TMPDIR.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
# shellcheck source=scripts/debian-root.sh
. "$root/scripts/debian-root.sh"

take_options "$@"
package=$(find "$root/target/package" -maxdepth 1 -name 'videosession-desktop_*.deb' | head -n 1)
[ -n "$package" ] || { echo "missing: the package. Make it: ./run package" >&2 && exit 2; }
new_root desktop-machine 1500

step install
cp "$package" "$machine/desktop.deb"
inside 'apt-get -qq update && apt-get -qq -y --no-install-recommends install /desktop.deb >/dev/null'
if inside 'command -v java' >/dev/null; then fail "the package brings a Java runtime beside its own"; fi
inside 'apt-get -qq -y --no-install-recommends install xvfb xauth imagemagick desktop-file-utils >/dev/null'
programs=/opt/videosession-desktop/bin
for program in videosession videosession-console; do
    entry=/usr/share/applications/videosession-desktop-$program.desktop
    inside "desktop-file-validate $entry" >&2 || fail "$entry is not valid"
    inside "test -s \$(sed -n 's/^Icon=//p' $entry) && test -x \$(sed -n 's/^Exec=//p' $entry)" ||
        fail "the icon or the program of $entry is missing"
done

# NAME PROGRAM ARGUMENTS...: starts the program and writes a screenshot once its window has content; ends it with SIGTERM.
screenshot() {
    local name=$1 && shift
    step "screenshot: $name"
    printf '%s\n' "$@" >"$machine/arguments"
    # shellcheck disable=SC2016 # expanded in the root
    inside 'cat >/start <<"START"
mapfile -t command </arguments
"${command[@]}" >/out 2>&1 &
program=$!
for _ in $(seq 120); do
    sleep 0.5
    kill -0 $program || exit 1
    import -window root /screen.png
    [ "$(identify -format %k /screen.png)" -lt 40 ] || break
done
sleep 5
import -window root /screen.png
kill $program
wait $program || true
START
        xvfb-run -a -s "-screen 0 1280x800x24" bash /start' >&2 || { cat "$machine/out" >&2 && fail "$1 ended"; }
    [ "$(inside 'identify -format %k /screen.png')" -ge 40 ] || { cat "$machine/out" >&2 && fail "$1 shows nothing"; }
    cp "$machine/screen.png" "$root/target/package/$name.png"
}

screenshot lobby $programs/videosession
screenshot console $programs/videosession-console

step "a call"
inside "$programs/videosession server --dev --port 0" >"$machine/server" 2>"$machine/server.log" &
for _ in $(seq 100); do
    if grep -q '^listening on' "$machine/server"; then break; fi
    sleep 0.2
done
url=$(sed -n 's/^listening on //p' "$machine/server")
[ -n "$url" ] || { cat "$machine/server.log" >&2 && fail "the server of the package did not start"; }
session=$(sed -n 's/^session //p' "$machine/server")
token=$(sed -n 's/^token-publisher //p' "$machine/server")
mkfifo "$machine/commands"
exec 9<>"$machine/commands" # the bot ends with its input
inside "$programs/videosession bot '$url' '$session' '$token'" >"$machine/bot" 2>"$machine/bot.log" <&9 &
screenshot call $programs/videosession call "$url" "$session" "$token" --name Ada --synthetic
grep -q '"event":"firstFrame"' "$machine/bot" || { cat "$machine/bot" "$machine/bot.log" >&2 && fail "the bot received no video"; }

step "remove while the server and the bot run"
[ -n "$(processes)" ] || fail "no program runs"
inside 'dpkg -r videosession-desktop >/dev/null'
[ -z "$(processes)" ] || fail "removing left processes: $(processes)"
inside 'test ! -e /opt/videosession-desktop && test -z "$(find /usr/share/applications -name "videosession*")"' ||
    fail "removing left files"
echo "installed, started and removed: $(basename "$package"), $(du -h "$package" | cut -f 1); screenshots in target/package"
