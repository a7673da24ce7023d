#!/usr/bin/env bash
# Proves that ./run, ./test and the commands in the documents need nothing that they do not install: runs them in a new
# Debian 12 root (debootstrap, minbase), on a clone of the commit that is checked out.
#
#   sudo scripts/check-bare-machine.sh [--keep] [--prepare PROGRAM] [COMMAND ...]
#
#   COMMAND            what to run in the root, each one argument; without any: "./run", "./test" and the commands of the documents
#   --prepare PROGRAM  is called with the path of the root before the first command, for instance to copy the settings
#                      with which this machine reaches its package mirrors
#   --keep             leaves the root for inspection and prints its path
#
# Needs root, debootstrap and about 4 GB in TMPDIR. Takes half an hour. Ends with the status of the first command that failed.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
# shellcheck source=scripts/debian-root.sh
. "$root/scripts/debian-root.sh"

keep=
while [ $# -gt 0 ]; do
    case "$1" in
        --keep) keep=1 ;;
        --prepare) prepare=$2 && shift ;;
        -*) sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2 && exit 2 ;;
        *) break ;;
    esac
    shift
done
mounted=()

leave() {
    local index
    for ((index = ${#mounted[@]} - 1; index >= 0; index--)); do
        umount "${mounted[index]}" || umount --lazy "${mounted[index]}"
    done
    if [ -n "$keep" ]; then echo "left: $machine" >&2; else rm -rf --one-file-system "$machine"; fi
}

mount_into() {
    mount "$@"
    mounted+=("${*: -1}")
}

inside() {
    chroot "$machine" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        LANG=C.UTF-8 bash -c "cd /root/project && $1"
}

new_root bare-machine 4000
mounted=("$machine/proc")
trap leave EXIT
mount_into -t sysfs -o ro sysfs "$machine/sys"
mount_into -t devtmpfs devtmpfs "$machine/dev"
mount_into -t devpts devpts "$machine/dev/pts"
mount_into -t tmpfs tmpfs "$machine/dev/shm"
mkdir -p "$machine/root/project"
git -C "$root" archive HEAD | tar -x -C "$machine/root/project"

commands=("$@")
if [ ${#commands[@]} -eq 0 ]; then
    commands=(./run ./test)
    # what the documents give for a part of the tests
    while IFS= read -r command; do commands+=("$command"); done < <(
        cd "$root" && grep -hoE '^(mvn|\./test) [^#]*|`(mvn|\./test) [^`]*`' README.md docs/*.md |
            grep -vE '\.\.\.|^`?\./test faults`?$' | tr -d '`' | sort -u
    )
fi
for command in "${commands[@]}"; do
    started=$SECONDS
    echo "=== $command" >&2
    inside "$command" || { status=$? && echo "=== $command: failed ($status) after $((SECONDS - started)) s" >&2 && exit $status; }
    echo "=== $command: done in $((SECONDS - started)) s" >&2
done
