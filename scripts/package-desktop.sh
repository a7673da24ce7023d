#!/usr/bin/env bash
# Makes a Debian package and an application image of the call window and the moderator's console, with a Java runtime of their own, in
# target/package. Called by ./run package.
#
#   scripts/package-desktop.sh JAVA_HOME CLASSPATH     the class path of sample-app: its classes, then jars
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
java=$1
IFS=: read -r -a entries <<<"$2"
sources=$root/sample-app/src/main/packaging
target=$root/target/package
version=$(sed -n 's#^    <version>\([0-9.]*\).*#\1#p' "$root/pom.xml" | head -n 1)

[ -x "$java/bin/jpackage" ] && [ -d "$java/jmods" ] || {
    echo "missing: jpackage and jmods in $java. Install a complete JDK (Debian: openjdk-17-jdk)." >&2
    exit 2
}

rm -rf "$target"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$target" "$work/libraries" "$work/resources"
"$java/bin/jar" --create --file "$work/libraries/sample-app.jar" --main-class dev.videosession.app.Main -C "${entries[0]}" .
cp "${entries[@]:1}" "$work/libraries"
cp "$sources"/*.desktop "$sources/postinst" "$sources/prerm" "$work/resources"
"$java/bin/java" -Djava.awt.headless=true -cp "$2" "$sources/WriteIcon.java" "$work/icon.png"

# No class refers to the provider of elliptic curves, which TLS requires.
modules=$("$java/bin/jdeps" --multi-release 17 -q --ignore-missing-deps --print-module-deps --class-path "$2" "${entries[0]}"),jdk.crypto.ec

# The arguments of a launcher are those of a start from the desktop.
printf '%s\n' arguments=console "description=Watch and moderate video sessions" "icon=$work/icon.png" linux-shortcut=true \
    >"$work/console.properties"

options=(
    --name videosession
    --app-version "$version"
    --vendor "The video session developers"
    --description "Join a video session"
    --icon "$work/icon.png"
    --dest "$target"
    --resource-dir "$work/resources"
)
"$java/bin/jpackage" --type app-image "${options[@]}" \
    --input "$work/libraries" \
    --main-jar sample-app.jar \
    --arguments call \
    --add-launcher "videosession-console=$work/console.properties" \
    --add-modules "$modules" \
    --jlink-options "--strip-native-commands --strip-debug --no-man-pages --no-header-files --compress=2" \
    --java-options -XX:+ExitOnOutOfMemoryError \
    --java-options -Dfile.encoding=UTF-8 \
    --java-options --enable-native-access=ALL-UNNAMED >&2

# The native library of WebRTC is in a jar, where jpackage does not look for the libraries that it is linked to.
# shellcheck source=scripts/prerequisites.sh
. "$root/scripts/prerequisites.sh"
packages=$(awk 'NF > 1 {print $2}' <<<"$LIBRARIES" | paste -sd, | sed 's/,/, /g')
"$java/bin/jpackage" --type deb "${options[@]}" \
    --app-image "$target/videosession" \
    --linux-shortcut \
    --linux-menu-group "Network;VideoConference" \
    --linux-app-category net \
    --linux-package-name videosession-desktop \
    --linux-deb-maintainer developers@videosession.dev \
    --linux-package-deps "$packages, fontconfig, fonts-dejavu-core" >&2
echo "$target/videosession/bin/videosession"
find "$target" -maxdepth 1 -name '*.deb'
