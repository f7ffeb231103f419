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
//
// A side of a connection is given everything that the other side has said so far, "stream", in
// pieces of `piece` bytes, and says everything that it has said from the beginning to now; "send"
// is what it seals once the handshake is over.
//
//   {"do": "serve", "static", "ephemeral", "chain", "stream", "piece", "send"}
//       {"said", "client"?, "payload"?, "received"} or {"fault"}
//   {"do": "connect", "static", "ephemeral", "root", "routing", "payload", "now", "stream",
//   "piece",
//    "send"}   {"said", "received"} or {"fault"}
//
// A device with sessions is given its own keys and chance ("identity", "registration", "random"),
// the other one's identity where it is known ("trusted") and the record as it was ("" is a new
// one), and gives the record as it is now.
//
//   {"do": "start", "record", "bundle": {"registration", "identity", "signedId", "signed",
//    "signature", "oneTimeId"?, "oneTime"?}}   {"record"} or {"fault"}
//   {"do": "seal", "record", "plain"}          {"record", "type": 1 or 3, "bytes"} or {"fault"}
//   {"do": "open", "record", "type", "bytes", "signed": [[id, key]], "oneTime": [[id, key]]}
//       {"record", "plain", "sender", "used"?} or {"fault"}
//
// The same with the sender keys of one sender in one group.
//
//   {"do": "groupBegin", "random"}             {"record"}
//   {"do": "groupHandOut", "record"}           {"bytes"} or {"fault"}
//   {"do": "groupLearn", "record", "bytes"}    {"record"} or {"fault"}
//   {"do": "groupSeal", "record", "random", "plain"}   {"record", "bytes"} or {"fault"}
//   {"do": "groupOpen", "record", "bytes"}     {"record", "plain"} or {"fault"}
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
#include "wire/noise/handshake.h"
#include "wire/signal/cipher.h"
#include "wire/signal/sender_key.h"

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

crypto::PrivateKey PrivateOf(const json::object& command, std::string_view name = "private") {
  return crypto::PrivateKey::FromBytes(vectors::Bytes(command, name)).value();
}

crypto::PublicKey PublicOf(const json::object& command, std::string_view name = "public") {
  return crypto::PublicKey::FromBytes(vectors::Bytes(command, name)).value();
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

Result<std::vector<std::string>> FramesOf(const json::object& command,
                                          noise::FrameReader::Side side) {
  noise::FrameReader reader(side);
  std::vector<std::string> frames;
  const std::string stream = vectors::Bytes(command, "stream");
  const auto piece = static_cast<std::size_t>(command.at("piece").as_int64());
  for (std::size_t at = 0; at < stream.size(); at += piece) {
    reader.Add(std::string_view(stream).substr(at, piece));
    for (;;) {
      PARLEY_TRY(frame, reader.Next());
      if (!frame) break;
      frames.push_back(*frame);
    }
    if (frames.size() > 1) reader.AllowLongFrames();
  }
  return frames;
}

// Opens the frames from `first` on, and seals what there is to send.
Result<json::object> Talk(const json::object& command, const std::vector<std::string>& frames,
                          std::size_t first, noise::Transport& transport) {
  json::array received;
  for (std::size_t i = first; i < frames.size(); ++i) {
    PARLEY_TRY(plain, transport.Open(frames[i]));
    received.push_back(json::string(base::ToHexText(plain)));
  }
  std::string said;
  for (const auto& one : command.at("send").as_array()) {
    PARLEY_TRY(sealed,
               transport.Seal(base::FromHexText(std::string_view(one.as_string())).value()));
    said += noise::MakeFrame(sealed).value();
  }
  return json::object{{"said", said}, {"received", std::move(received)}};
}

Result<json::object> TryServe(const json::object& command) {
  PARLEY_TRY(frames, FramesOf(command, noise::FrameReader::Side::kServer));
  noise::ServerHandshake handshake(crypto::KeyPair(PrivateOf(command, "ephemeral")),
                                   crypto::KeyPair(PrivateOf(command, "static")),
                                   vectors::Bytes(command, "chain"));
  PARLEY_TRY(answer, handshake.Answer(frames.at(0)));
  const std::string first = noise::MakeFrame(answer).value();
  if (frames.size() == 1) return json::object{{"said", base::ToHexText(first)}};
  PARLEY_TRY(accepted, handshake.Accept(frames[1]));
  PARLEY_TRY(talk, Talk(command, frames, 2, accepted.transport));
  talk["said"] = base::ToHexText(first + std::string(talk.at("said").as_string()));
  talk["client"] = base::ToHexText(accepted.client.bytes());
  talk["payload"] = base::ToHexText(accepted.payload);
  return std::move(talk);
}

json::object Serve(const json::object& command) {
  auto result = TryServe(command);
  return result ? *result : FaultOf(result.error());
}

Result<json::object> TryConnect(const json::object& command) {
  PARLEY_TRY(frames, FramesOf(command, noise::FrameReader::Side::kClient));
  noise::ClientHandshake handshake(crypto::KeyPair(PrivateOf(command, "ephemeral")),
                                   crypto::KeyPair(PrivateOf(command, "static")),
                                   PublicOf(command, "root"));
  std::string said = noise::MakeOpening(vectors::Bytes(command, "routing")) +
                     noise::MakeFrame(handshake.Hello()).value();
  if (frames.empty()) return json::object{{"said", base::ToHexText(said)}};
  PARLEY_TRY(finished, handshake.Finish(frames[0], vectors::Bytes(command, "payload"),
                                        base::FromUnixMs(command.at("now").as_int64() * 1000)));
  said += noise::MakeFrame(finished.message).value();
  PARLEY_TRY(talk, Talk(command, frames, 1, finished.transport));
  talk["said"] = base::ToHexText(said + std::string(talk.at("said").as_string()));
  return std::move(talk);
}

json::object Connect(const json::object& command) {
  auto result = TryConnect(command);
  return result ? *result : FaultOf(result.error());
}

// A device as a command describes it.
class Device final : public signal::PreKeys {
 public:
  explicit Device(const json::object& command)
      : own(crypto::KeyPair(PrivateOf(command, "identity")),
            command.at("registration").to_number<std::uint32_t>()),
        random(vectors::Bytes(command, "random")),
        command_(command) {
    const std::string bytes = vectors::Bytes(command, "record");
    if (!bytes.empty()) record = signal::DecodeRecord(bytes).value();
    if (command.contains("trusted")) trusted = PublicOf(command, "trusted");
  }
  std::optional<crypto::KeyPair> FindOneTime(std::uint32_t id) const override {
    return Find("oneTime", id);
  }
  std::optional<crypto::KeyPair> FindSigned(std::uint32_t id) const override {
    return Find("signed", id);
  }
  json::object AnswerWith(json::object answer) const {
    answer["record"] = base::ToHexText(signal::EncodeRecord(record));
    return answer;
  }

  signal::Identity own;
  std::optional<crypto::PublicKey> trusted;
  signal::Record record;
  Told random;

 private:
  std::optional<crypto::KeyPair> Find(std::string_view list, std::uint32_t id) const {
    for (const auto& pair : command_.at(list).as_array()) {
      if (pair.at(0).to_number<std::uint32_t>() != id) continue;
      const auto key = base::FromHexText(std::string_view(pair.at(1).as_string()));
      return crypto::KeyPair(crypto::PrivateKey::FromBytes(*key).value());
    }
    return std::nullopt;
  }

  const json::object& command_;
};

json::object Start(const json::object& command) {
  Device device(command);
  const json::object& from = command.at("bundle").as_object();
  signal::Bundle bundle;
  bundle.registration_id = from.at("registration").to_number<std::uint32_t>();
  bundle.identity = PublicOf(from, "identity");
  bundle.signed_id = from.at("signedId").to_number<std::uint32_t>();
  bundle.signed_key = PublicOf(from, "signed");
  bundle.signature = vectors::Bytes(from, "signature");
  if (const auto* id = from.if_contains("oneTimeId"))
    bundle.one_time = signal::OneTimeKey{id->to_number<std::uint32_t>(), PublicOf(from, "oneTime")};
  const auto started = signal::StartSession(device.record, device.own, device.trusted, bundle,
                                            base::Time(), device.random);
  return started ? device.AnswerWith({}) : FaultOf(started.error());
}

json::object Seal(const json::object& command) {
  Device device(command);
  const auto sealed = signal::Seal(device.record, device.own, device.trusted.value(),
                                   vectors::Bytes(command, "plain"));
  if (!sealed) return FaultOf(sealed.error());
  const int type = sealed->type == signal::MessageType::kPreKeyMessage ? 3 : 1;
  return device.AnswerWith({{"type", type}, {"bytes", base::ToHexText(sealed->bytes)}});
}

json::object Open(const json::object& command) {
  Device device(command);
  const std::string bytes = vectors::Bytes(command, "bytes");
  const auto opened =
      command.at("type").as_int64() == 1
          ? signal::Open(device.record, device.own, device.trusted.value(), bytes, device.random)
          : signal::OpenPreKeyMessage(device.record, device.own, device, device.trusted, bytes,
                                      device.random);
  if (!opened) return FaultOf(opened.error());
  json::object answer{{"plain", base::ToHexText(opened->plain)},
                      {"sender", base::ToHexText(opened->identity.bytes())}};
  if (opened->used_one_time) answer["used"] = *opened->used_one_time;
  return device.AnswerWith(std::move(answer));
}

signal::SenderKeys SenderKeysOf(const json::object& command) {
  const std::string bytes = vectors::Bytes(command, "record");
  return bytes.empty() ? signal::SenderKeys() : signal::DecodeSenderKeys(bytes).value();
}

json::object WithSenderKeys(json::object answer, const signal::SenderKeys& record) {
  answer["record"] = base::ToHexText(signal::EncodeSenderKeys(record));
  return answer;
}

json::object GroupBegin(const json::object& command) {
  Told random(vectors::Bytes(command, "random"));
  signal::SenderKeys record;
  record.Begin(random);
  return WithSenderKeys({}, record);
}

json::object GroupHandOut(const json::object& command) {
  const auto bytes = signal::MakeDistribution(SenderKeysOf(command));
  if (!bytes) return FaultOf(bytes.error());
  return {{"bytes", base::ToHexText(*bytes)}};
}

json::object GroupLearn(const json::object& command) {
  signal::SenderKeys record = SenderKeysOf(command);
  const auto learned = signal::LearnDistribution(record, vectors::Bytes(command, "bytes"));
  return learned ? WithSenderKeys({}, record) : FaultOf(learned.error());
}

json::object GroupSeal(const json::object& command) {
  signal::SenderKeys record = SenderKeysOf(command);
  Told random(vectors::Bytes(command, "random"));
  const auto sealed = signal::SealForGroup(record, vectors::Bytes(command, "plain"), random);
  if (!sealed) return FaultOf(sealed.error());
  return WithSenderKeys({{"bytes", base::ToHexText(sealed->bytes)}}, record);
}

json::object GroupOpen(const json::object& command) {
  signal::SenderKeys record = SenderKeysOf(command);
  const auto plain = signal::OpenFromGroup(record, vectors::Bytes(command, "bytes"));
  if (!plain) return FaultOf(plain.error());
  return WithSenderKeys({{"plain", base::ToHexText(*plain)}}, record);
}

struct Command {
  std::string_view name;
  json::object (*run)(const json::object& command);
};

constexpr Command kCommands[] = {
    {"sign", &Sign},
    {"verify", &Verify},
    {"agree", &Agree},
    {"hkdf", &Hkdf},
    {"encode", &Encode},
    {"decode", &Decode},
    {"serve", &Serve},
    {"connect", &Connect},
    {"start", &Start},
    {"seal", &Seal},
    {"open", &Open},
    {"groupBegin", &GroupBegin},
    {"groupHandOut", &GroupHandOut},
    {"groupLearn", &GroupLearn},
    {"groupSeal", &GroupSeal},
    {"groupOpen", &GroupOpen},
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
