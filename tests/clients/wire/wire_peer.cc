// The wire as a process, for tests against programs by others: reads commands, one JSON object a
// line, and answers each with one.
//
// What is bytes is hexadecimal.
//
//   {"do": "sign", "private", "message", "random"}       {"public", "signature"}
//   {"do": "verify", "public", "message", "signature"}   {"fine"}
//   {"do": "agree", "private", "public"}                 {"secret"} or {"fault"}
//   {"do": "hkdf", "secret", "salt", "info", "length"}   {"out"}
//   {"do": "encode", "node", "compress"?}                {"bytes"} or {"fault"}
//   {"do": "decode", "bytes"}                            {"node"} or {"fault"}
#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <string>
#include <vector>

#include "base/encoding.h"
#include "tests/vectors/node_json.h"
#include "tests/vectors/vectors.h"
#include "wire/binary/codec.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/derive.h"
#include "wire/crypto/xeddsa.h"

using namespace parley;
using namespace parley::wire;

namespace {

namespace json = boost::json;

json::object FaultOf(const Fault& fault) {
  return {{"fault", KindOf(fault.code).name}, {"what", fault.what}};
}

// Chance that gives what it is told.
class Told final : public base::Random {
 public:
  explicit Told(std::string bytes) : bytes_(std::move(bytes)) {}
  void Fill(std::span<std::uint8_t> out) override {
    std::copy_n(bytes_.begin(), std::min(out.size(), bytes_.size()), out.begin());
    bytes_.erase(0, out.size());
  }

 private:
  std::string bytes_;
};

crypto::PrivateKey PrivateOf(const json::object& command) {
  return crypto::PrivateKey::FromBytes(vectors::Bytes(command, "private")).value();
}

crypto::PublicKey PublicOf(const json::object& command) {
  return crypto::PublicKey::FromBytes(vectors::Bytes(command, "public")).value();
}

json::object Sign(const json::object& command) {
  const crypto::PrivateKey key = PrivateOf(command);
  Told random(vectors::Bytes(command, "random"));
  const std::string signature = crypto::Sign(key, vectors::Bytes(command, "message"), random);
  return {{"public", base::ToHexText(key.Public().bytes())},
          {"signature", base::ToHexText(signature)}};
}

json::object Verify(const json::object& command) {
  return {{"fine", crypto::Verify(PublicOf(command), vectors::Bytes(command, "message"),
                                  vectors::Bytes(command, "signature"))
                       .has_value()}};
}

json::object Agree(const json::object& command) {
  const auto secret = crypto::Agree(PrivateOf(command), PublicOf(command));
  if (!secret) return FaultOf(secret.error());
  return {{"secret", base::ToHexText(secret->view())}};
}

json::object Hkdf(const json::object& command) {
  std::vector<std::uint8_t> out(command.at("length").as_int64());
  crypto::HkdfSha256(vectors::Bytes(command, "secret"), vectors::Bytes(command, "salt"),
                     std::string_view(command.at("info").as_string()), out);
  return {{"out", base::ToHexText({reinterpret_cast<const char*>(out.data()), out.size()})}};
}

json::object Encode(const json::object& command) {
  const bool compress = command.contains("compress");
  const auto bytes =
      binary::EncodeNode(vectors::NodeFromJson(command.at("node")),
                         compress ? binary::Compression::kZlib : binary::Compression::kNone);
  if (!bytes) return FaultOf(bytes.error());
  return {{"bytes", base::ToHexText(*bytes)}};
}

json::object Decode(const json::object& command) {
  const auto node = binary::DecodeNode(vectors::Bytes(command, "bytes"));
  if (!node) return FaultOf(node.error());
  return {{"node", vectors::NodeToJson(*node)}};
}

struct Command {
  std::string_view name;
  json::object (*run)(const json::object& command);
};

constexpr Command kCommands[] = {
    {"sign", &Sign}, {"verify", &Verify}, {"agree", &Agree},
    {"hkdf", &Hkdf}, {"encode", &Encode}, {"decode", &Decode},
};

json::object Run(const json::object& command) {
  const std::string_view name = command.at("do").as_string();
  for (const Command& one : kCommands)
    if (one.name == name) return one.run(command);
  std::cerr << "no such command: " << name << '\n';
  std::exit(1);
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);)
    std::cout << Run(json::parse(line).as_object()) << std::endl;
}
