#!/usr/bin/env bash
# Deploys the libraries twice, each time from a clean clone in a directory of its own, and compares every byte. Signs them with a key that
# is made for it and thrown away. Then builds the first program of the README outside of the checkout against what was deployed: as a
# Maven project, with natives that are named as in a Gradle build, and as a module. Usage: scripts/check-artifacts.sh
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
command -v gpg >/dev/null || { echo "missing: gpg (gnupg), which signs the artifacts" >&2 && exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export GNUPGHOME=$work/gnupg
mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --passphrase '' --quick-generate-key "Check of artifacts <check@example.org>" default default 1d

# what is published, and what that is built from
published=$(cd "$root" && grep -l '<maven.deploy.skip>false<' ./*/pom.xml | sed 's#^\./##; s#/pom.xml$##' | paste -sd,)

deploy() { # CLONE REPOSITORY
    git clone -q "$root" "$work/$1"
    (cd "$work/$1" && mvn -q -B -Dstyle.color=never -Prelease -pl "$published" -am -DskipTests -Dspotless.check.skip \
        -Dproject.home=https://example.net/check \
        -DaltDeploymentRepository="check::file://$work/$2" deploy)
    # what the repository adds, and what differs by its nature
    find "$work/$2" \( -name 'maven-metadata.xml*' -o -name '*.asc*' \) | sort >"$work/$2.other"
}

deploy a first
deploy another-directory second

# The consumers resolve our libraries from the directory, and everything else from a copy of the local repository
# (not links: Maven changes some of its files in place).
cp -a --reflink=auto "${MAVEN_REPOSITORY:-$HOME/.m2/repository}" "$work/local"
rm -rf "$work/local/dev/videosession"

# NAME, further XML of the POM's dependency on the SDK, further dependencies
project() {
    local directory=$work/$1
    mkdir -p "$directory/src/main/java/first"
    sed -E 's/^package .*/package first;/; /^import org\.jspecify/d' \
        "$root/sample-app/src/test/java/dev/videosession/app/samples/FirstProgram.java" >"$directory/src/main/java/first/FirstProgram.java"
    cat >"$directory/src/main/java/first/Start.java" <<'JAVA'
package first;

import java.net.URI;
import javax.swing.JLabel;
import javax.swing.JPanel;

public final class Start {
    public static void main(String[] arguments) {
        var publishers = FirstProgram.publishers();
        FirstProgram.start(URI.create("http://127.0.0.1:9"), "100", "2_session", "T1==token", publishers.get(1), new JPanel(), new JLabel())
                .disconnect();
        System.out.println("started in " + (Start.class.getModule().isNamed() ? "a module" : "the class path"));
        System.exit(0);
    }
}
JAVA
    cat >"$directory/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
    <modelVersion>4.0.0</modelVersion>
    <groupId>example</groupId>
    <artifactId>$1</artifactId>
    <version>1</version>
    <properties>
        <maven.compiler.release>17</maven.compiler.release>
        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
    </properties>
    <repositories>
        <repository>
            <id>deployed</id>
            <url>file://$work/first</url>
        </repository>
    </repositories>
    <dependencies>
        <dependency>
            <groupId>dev.videosession</groupId>
            <artifactId>session-sdk</artifactId>
            <version>0.1.0-SNAPSHOT</version>
            $2
        </dependency>
        $3
    </dependencies>
</project>
XML
}

build() {
    (cd "$work/$1" && mvn -q -B -Dstyle.color=never -Dmaven.repo.local="$work/local" \
        org.apache.maven.plugins:maven-compiler-plugin:3.16.0:compile \
        org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath -Dmdep.outputFile=path)
}

project consumer "" ""
build consumer
echo "consumer: $(java --enable-native-access=ALL-UNNAMED -cp "$work/consumer/target/classes:$(<"$work/consumer/path")" first.Start)"

project gradle-style \
    "<exclusions><exclusion><groupId>dev.onvoid.webrtc</groupId><artifactId>webrtc-java</artifactId></exclusion></exclusions>" \
    "<dependency><groupId>dev.onvoid.webrtc</groupId><artifactId>webrtc-java</artifactId><version>0.14.0</version>
        <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>
    <dependency><groupId>dev.onvoid.webrtc</groupId><artifactId>webrtc-java</artifactId><version>0.14.0</version>
        <classifier>linux-x86_64</classifier>
        <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>"
build gradle-style
echo "gradle-style: $(java --enable-native-access=ALL-UNNAMED -cp "$work/gradle-style/target/classes:$(<"$work/gradle-style/path")" first.Start)"

project modular "" ""
echo "module first { requires dev.videosession.session; requires java.desktop; }" >"$work/modular/src/main/java/module-info.java"
build modular
echo "modular: $(java --module-path "$work/modular/target/classes:$(<"$work/modular/path")" \
    --add-opens webrtc.java/dev.onvoid.webrtc.internal=dev.videosession.media --module first/first.Start)"

# Central asks for a signature and checksums of each file.
while read -r file; do
    for suffix in asc md5 sha1; do
        [ -s "$file.$suffix" ] || { echo "missing: $file.$suffix" >&2 && exit 1; }
    done
    gpg --batch --quiet --verify "$file.asc" "$file" 2>/dev/null || { echo "wrong signature: $file.asc" >&2 && exit 1; }
done < <(find "$work/first" -type f \( -name '*.jar' -o -name '*.pom' \))

signatures=$(grep -c '\.asc$' "$work/first.other")
while read -r file; do rm "$file"; done < <(cat "$work/first.other" "$work/second.other")

# a deployed snapshot has its time in its name
strip() { (cd "$work/$1" && find . -type f | sed -E 's/-[0-9]{8}\.[0-9]{6}-[0-9]+//' | sort); }
sums() { (cd "$work/$1" && find . -type f ! -name '*.md5' ! -name '*.sha1' -print0 | sort -z | xargs -0 sha256sum | awk '{print $1}' | sort); }
diff <(strip first) <(strip second)
diff <(sums first) <(sums second)
echo "identical: $(sums first | wc -l) files, $signatures signatures"
