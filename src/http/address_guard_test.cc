#include "http/address_guard.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

AddressGuard Guard(std::vector<std::string> networks) {
  std::vector<Network> allowed;
  for (const std::string& text : networks) allowed.push_back(Network::Parse(text).value());
  return AddressGuard(std::move(allowed));
}

TEST(Network, ReadsAddressesAndPrefixes) {
  EXPECT_EQ(Network::Parse("10.0.0.0/8")->prefix, 104);
  EXPECT_EQ(Network::Parse("127.0.0.1")->prefix, 128);
  EXPECT_EQ(Network::Parse("fd00::/8")->prefix, 8);
  EXPECT_EQ(Network::Parse("::/0")->prefix, 0);
}

TEST(Network, RefusesWhatIsNone) {
  for (const char* bad : {"", "10.0.0.0/33", "10.0.0/8", "::1/129", "10.0.0.0/", "10.0.0.0/-1",
                          "10.0.0.0/8x", "a.example", "10.0.0.0/2147483647", "/8"})
    EXPECT_FALSE(Network::Parse(bad)) << bad;
}

TEST(AddressGuard, AllowsPublicAddresses) {
  const AddressGuard guard = Guard({});
  for (const char* address :
       {"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0",
        "169.253.0.1", "192.0.0.9", "192.0.1.1", "198.17.0.1", "223.255.255.255",
        "2606:4700:4700::1111", "2001:4860:4860::8888", "2001:20::1", "64:ff9b::8.8.8.8",
        "::ffff:8.8.8.8"})
    EXPECT_TRUE(guard.Allows(address)) << address;
}

TEST(AddressGuard, RefusesSpecialAddresses) {
  const AddressGuard guard = Guard({});
  for (const char* address : {"0.0.0.0",
                              "0.1.2.3",
                              "10.1.2.3",
                              "100.64.0.1",
                              "127.0.0.1",
                              "127.255.255.255",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.1",
                              "192.0.2.1",
                              "192.88.99.1",
                              "192.168.0.1",
                              "198.18.0.1",
                              "198.19.255.255",
                              "198.51.100.1",
                              "203.0.113.1",
                              "224.0.0.1",
                              "239.255.255.255",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::127.0.0.1",
                              "100::1",
                              "2001:2::1",
                              "2001:db8::1",
                              "3fff::1",
                              "5f00::1",
                              "fc00::1",
                              "fd12::1",
                              "fe80::1",
                              "fec0::1",
                              "ff02::1",
                              "64:ff9b:1::1"})
    EXPECT_FALSE(guard.Allows(address)) << address;
}

TEST(AddressGuard, RefusesPrivateAddressesInIpv6Forms) {
  const AddressGuard guard = Guard({});
  for (const char* address :
       {"::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "64:ff9b::127.0.0.1",
        "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "2001:0:7f00:1::"})
    EXPECT_FALSE(guard.Allows(address)) << address;
}

TEST(AddressGuard, RefusesWhatIsNoAddress) {
  const AddressGuard guard = Guard({"0.0.0.0/0", "::/0"});
  for (const char* text :
       {"", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "1.2.3.4.5", "fe80::1%eth0", "[::1]"})
    EXPECT_FALSE(guard.Allows(text)) << text;
  EXPECT_FALSE(guard.Allows(std::string_view("8.8.8.8\0", 8)));
}

TEST(AddressGuard, AllowsListedNetworks) {
  const AddressGuard guard = Guard({"127.0.0.0/8", "10.1.0.0/20", "fd00::/7", "192.168.1.7"});
  for (const char* address : {"127.0.0.1", "127.9.9.9", "::ffff:127.0.0.1", "10.1.15.255",
                              "fc00::1", "192.168.1.7", "8.8.8.8"})
    EXPECT_TRUE(guard.Allows(address)) << address;
  for (const char* address : {"10.1.16.0", "10.0.0.1", "::1", "192.168.1.8", "64:ff9b::10.1.0.1"})
    EXPECT_FALSE(guard.Allows(address)) << address;
}

}  // namespace
}  // namespace parley::http
