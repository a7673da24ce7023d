# shellcheck shell=bash
# A new Debian 12 root (debootstrap, minbase) for the scripts that check what is delivered. They source this file.
#
#   take_options "$@"        reads --prepare PROGRAM, which is called with the path of the root before anything is installed
#   new_root NAME MEGABYTES  makes the root in TMPDIR; $machine is its path. The root is deleted, and its processes end, with the script
#   inside COMMANDS          runs commands as root in it, with a new environment
#   processes                prints the ids of the processes whose program is in it
#   need PROGRAM ...         ends the script with status 2 if this machine does not have a program
#   step, fail               say what is checked, and why the check failed

machine=
prepare=

step() { echo "=== $*" >&2; }

fail() { echo "failed: $*" >&2 && exit 1; }

need() {
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null || { echo "missing: $program" >&2 && exit 2; }
    done
}

take_options() {
    while [ $# -gt 0 ]; do
        case "$1" in
            --prepare) prepare=${2:?the program is missing} && shift ;;
            *) echo "unknown option: $1" >&2 && exit 2 ;;
        esac
        shift
    done
}

processes() {
    local process
    for process in /proc/[0-9]*; do
        case $(readlink "$process/exe" 2>/dev/null || true) in
            "$machine"/*) echo "${process#/proc/}" ;;
        esac
    done
}

inside() {
    chroot "$machine" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive bash -euo pipefail -c "$1"
}

delete_root() {
    local process
    for process in $(processes); do kill -KILL "$process" 2>/dev/null || true; done
    umount "$machine/proc" 2>/dev/null || true
    rm -rf --one-file-system "$machine"
}

new_root() {
    local mirror
    [ "$(id -u)" -eq 0 ] || { echo "needs root: it makes a Debian root and changes into it" >&2 && exit 2; }
    need debootstrap
    machine=$(mktemp -d "${TMPDIR:-/tmp}/$1-XXXXXX")
    chmod 755 "$machine"
    trap delete_root EXIT
    [ "$(($(df --output=avail -m "$machine" | tail -n 1)))" -ge "$2" ] || { echo "needs $2 MB in ${TMPDIR:-/tmp}" >&2 && exit 2; }
    mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources 2>/dev/null |
        sed -n 's/^URIs: *//p; s/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p' | head -n 1) || true
    debootstrap --variant=minbase bookworm "$machine" "${mirror:-http://deb.debian.org/debian}" >"$machine.log" 2>&1 ||
        { tail -n 20 "$machine.log" >&2 && exit 1; }
    rm "$machine.log"
    mount -t proc proc "$machine/proc"
    cp /etc/resolv.conf /etc/hosts "$machine/etc/"
    [ -z "$prepare" ] || "$prepare" "$machine"
}
