#!/usr/bin/env bash
# Deploys the libraries twice, each time from a clean clone in a directory of its own, and compares every byte. Signs them with a key that
# is made for it and thrown away. Usage: scripts/check-artifacts.sh
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export GNUPGHOME=$work/gnupg
mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --passphrase '' --quick-generate-key "Check of artifacts <check@example.org>" default default 1d

deploy() { # CLONE REPOSITORY
    git clone -q "$root" "$work/$1"
    (cd "$work/$1" && mvn -q -B -Dstyle.color=never -Prelease -DskipTests -Dspotless.check.skip \
        -DaltDeploymentRepository="check::file://$work/$2" deploy)
    # what the repository adds, and what differs by its nature
    find "$work/$2" \( -name 'maven-metadata.xml*' -o -name '*.asc*' \) | sort >"$work/$2.other"
}

deploy a first
deploy another-directory second

signatures=$(grep -c '\.asc$' "$work/first.other")
while read -r file; do rm "$file"; done < <(cat "$work/first.other" "$work/second.other")

# a deployed snapshot has its time in its name
strip() { (cd "$work/$1" && find . -type f | sed -E 's/-[0-9]{8}\.[0-9]{6}-[0-9]+//' | sort); }
sums() { (cd "$work/$1" && find . -type f ! -name '*.md5' ! -name '*.sha1' -print0 | sort -z | xargs -0 sha256sum | awk '{print $1}' | sort); }
diff <(strip first) <(strip second)
diff <(sums first) <(sums second)
echo "identical: $(sums first | wc -l) files, $signatures signatures"
