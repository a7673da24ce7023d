package dev.videosession.protocol.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.protocol.grammar.MalformedSdpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateAddressTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, UNSPECIFIED",
        "0.255.255.255, UNSPECIFIED",
        "1.0.0.0, PUBLIC",
        "9.255.255.255, PUBLIC",
        "10.0.0.0, PRIVATE",
        "10.255.255.255, PRIVATE",
        "11.0.0.0, PUBLIC",
        "100.63.255.255, PUBLIC",
        "100.64.0.0, SHARED",
        "100.100.100.199, SHARED",
        "100.100.100.200, METADATA",
        "100.100.100.201, SHARED",
        "100.127.255.255, SHARED",
        "100.128.0.0, PUBLIC",
        "126.255.255.255, PUBLIC",
        "127.0.0.0, LOOPBACK",
        "127.255.255.255, LOOPBACK",
        "128.0.0.0, PUBLIC",
        "168.63.129.15, PUBLIC",
        "168.63.129.16, METADATA",
        "168.63.129.17, PUBLIC",
        "169.253.255.255, PUBLIC",
        "169.254.0.0, LINK_LOCAL",
        "169.254.169.253, LINK_LOCAL",
        "169.254.169.254, METADATA",
        "169.254.255.255, LINK_LOCAL",
        "169.255.0.0, PUBLIC",
        "172.15.255.255, PUBLIC",
        "172.16.0.0, PRIVATE",
        "172.31.255.255, PRIVATE",
        "172.32.0.0, PUBLIC",
        "192.0.0.192, METADATA",
        "192.0.1.255, PUBLIC",
        "192.0.2.0, DOCUMENTATION",
        "192.0.2.255, DOCUMENTATION",
        "192.0.3.0, PUBLIC",
        "192.167.255.255, PUBLIC",
        "192.168.0.0, PRIVATE",
        "192.168.255.255, PRIVATE",
        "192.169.0.0, PUBLIC",
        "198.51.100.7, DOCUMENTATION",
        "203.0.113.7, DOCUMENTATION",
        "223.255.255.255, PUBLIC",
        "224.0.0.0, MULTICAST",
        "239.255.255.255, MULTICAST",
        "240.0.0.0, RESERVED",
        "255.255.255.255, RESERVED",
        "::, UNSPECIFIED",
        "::1, LOOPBACK",
        "::2, UNSPECIFIED",
        "::127.0.0.1, LOOPBACK",
        "::ffff:127.0.0.1, LOOPBACK",
        "::ffff:a9fe:a9fe, METADATA",
        "::ffff:192.168.0.1, PRIVATE",
        "64:ff9b::a9fe:a9fe, METADATA",
        "64:ff9b::7f00:1, LOOPBACK",
        "64:ff9b::808:808, PUBLIC",
        "2002:a9fe:a9fe::1, METADATA",
        "2002:7f00:1::, LOOPBACK",
        "2001:db7:ffff::, PUBLIC",
        "2001:db8::, DOCUMENTATION",
        "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, DOCUMENTATION",
        "2001:db9::, PUBLIC",
        "fbff::1, PUBLIC",
        "fc00::1, UNIQUE_LOCAL",
        "fd00:ec2::253, UNIQUE_LOCAL",
        "fd00:ec2::254, METADATA",
        "fd20:ce::254, METADATA",
        "fdff::1, UNIQUE_LOCAL",
        "fe7f::1, PUBLIC",
        "fe80::1, LINK_LOCAL",
        "febf::1, LINK_LOCAL",
        "fec0::1, UNIQUE_LOCAL",
        "feff::1, UNIQUE_LOCAL",
        "ff00::1, MULTICAST",
        "ff02::fb, MULTICAST",
        "host.local, LOCAL_NAME"
    })
    void scopesEndWhereTheRegistriesSay(String text, AddressScope scope) {
        assertThat(CandidateAddress.parse(text).scope()).isEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource({
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "0001:0:0:0:0:0:0:0, 1::",
        "0:0:0:0:0:0:0:1, ::1",
        "2001:DB8::00a1, 2001:db8::a1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:0:0:2:3:0:0:4, 1::2:3:0:0:4",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::ffff:192.0.2.7, ::ffff:c000:207",
        "Some-Host.LOCAL, some-host.local"
    })
    void textIsCanonical(String text, String canonical) {
        CandidateAddress address = CandidateAddress.parse(text);
        assertThat(address.text()).isEqualTo(canonical);
        assertThat(CandidateAddress.parse(canonical)).isEqualTo(address).hasSameHashCodeAs(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.04",
                "01.2.3.4",
                "1.2.3.-4",
                "1.2.3.4 ",
                "0x7f.0.0.1",
                "2130706433",
                "1.2.3.4:5",
                ":",
                ":1",
                "1:",
                ":::",
                "::1::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::12345",
                "::g",
                "[::1]",
                "::1%eth0",
                "fe80::1%n",
                "::1.2.3",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "localhost",
                "example.com",
                ".local",
                "-a.local",
                "a.b.local",
                "a_b.local",
                "a.local.",
                "a%n.local",
                "\u0661.0.0.1",
                "\u00e9.local"
            })
    void everythingElseIsRefused(String text) {
        assertThatThrownBy(() -> CandidateAddress.parse(text)).isInstanceOf(MalformedSdpException.class);
    }

    @Test
    void labelsHaveAtMostSixtyThreeCharacters() {
        assertThat(CandidateAddress.parse("a".repeat(63) + ".local").scope()).isEqualTo(AddressScope.LOCAL_NAME);
        assertThatThrownBy(() -> CandidateAddress.parse("a".repeat(64) + ".local"))
                .isInstanceOf(MalformedSdpException.class);
    }
}
