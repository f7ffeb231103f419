#include "link/multidevice/test_world.h"

#include "core/channels/reports.h"
#include "core/messages/message_store.h"
#include "core/messages/outgoing.h"
#include "core/messages/receive.h"
#include "core/messages/send.h"
#include "link/multidevice/key_records.h"

namespace parley::link::multidevice {

// ----------------------------------------------------------------------------------------- events

base::Task<base::Result<void>> TestEvents::Report(std::vector<core::LinkReport> new_reports,
                                                  core::LinkWrites state) {
  ++reports;
  const bool dies = !dead && dies_at != 0 && reports >= dies_at;
  const bool was_dead = dead;
  dead |= dies;
  const base::Error lost(base::ErrorCode::kUnavailable, "", "the process dies");
  if (was_dead || (dies && fate == Fate::kLost)) co_return lost;
  const core::Stamp stamp(store_.scheduler().Now(), random_);
  auto write = [account = channel_.account, row = channel_.row, reports = std::move(new_reports),
                state = std::move(state), stamp](core::Transaction& tx) {
    return core::ApplyReports(tx, account, row, reports, state, stamp);
  };
  auto written = co_await store_.Write(std::move(write));
  if (dies) co_return lost;
  co_return written;
}

// ----------------------------------------------------------------------------------------- engine

TestEngine::TestEngine(TestWorld& world, const Jid& number, const Jid& lid, std::uint64_t seed)
    : channel(world.AddChannel(world.AddAccount("account of " + number.Text()),
                               core::ChannelState::kConnected)),
      member(world.network.Add(number, lid)),
      world_(world) {
  MakeDevice(seed);
  MakeTopic();
}

void TestEngine::MakeDevice(std::uint64_t seed) {
  constexpr std::uint32_t kOneTimeKeys = 5;
  random_ = base::MakeSeededRandom(seed);
  const auto noise = wire::crypto::KeyPair::Generate(*random_);
  const wire::signal::Identity identity(wire::crypto::KeyPair::Generate(*random_),
                                        static_cast<std::uint32_t>(seed));
  const auto signed_key = wire::signal::MakeSignedPreKey(identity, 1, *random_);
  Device made(noise, identity, signed_key, wire::crypto::Secret<32>());
  made.pairing.emplace();
  made.pairing->number = member.number;
  made.pairing->lid = member.lid;
  made.pairing->signed_identity = "signed identity of " + member.number.Text();
  device = std::make_shared<const Device>(std::move(made));
  member.bundle.registration_id = identity.registration_id;
  member.bundle.identity = identity.keys.public_key;
  member.bundle.signed_id = signed_key.id;
  member.bundle.signed_key = signed_key.keys.public_key;
  member.bundle.signature = signed_key.signature;
  member.one_time.clear();
  records = std::make_unique<Records>(world_.store, world_.secrets, channel.row, channel.id);
  core::LinkWrites writes = *world_.Await(records->DropAll());
  for (std::uint32_t id = 1; id <= kOneTimeKeys; ++id) {
    const auto pair = wire::crypto::KeyPair::Generate(*random_);
    writes.push_back(records->Put(OneTimeKeyName(id), EncodeKeyPair(pair)));
    member.one_time.push_back(wire::signal::OneTimeKey{id, pair.public_key});
  }
  (void)*world_.Write([row = channel.row, writes](core::Transaction& tx) {
    return tx.link_state().Apply(row, writes);
  });
}

void TestEngine::MakeTopic() {
  events = std::make_unique<TestEvents>(world_.store, *random_, channel);
  context_ = std::make_unique<LinkContext>(LinkContext{
      world_.store, world_.scheduler, *random_, *events, *records, channel, world_.counters});
  topic = std::make_unique<MessagesTopic>(*context_);
}

void TestEngine::Connect() {
  ++life_;
  port_ = world_.network.Connect(member, [this](Node stanza) { Take(std::move(stanza)); });
  topic->OnOpen(port_, device);
  if (!sending_) {
    sending_ = true;
    world_.scheduler.Spawn("test sends", SendQueued());
  }
}

void TestEngine::Disconnect() {
  world_.network.Disconnect(member);
  topic->OnClosed();
  inbox_.clear();
  port_.reset();
}

base::Task<> TestEngine::End() { co_await topic->Stop(); }

void TestEngine::Crash() {
  events->dead = true;
  Disconnect();
  bool ended = false;
  auto end = [](TestEngine& engine, bool& done) -> base::Task<> {
    co_await engine.End();
    done = true;
  };
  world_.scheduler.Spawn("test crash", end(*this, ended));
  world_.scheduler.RunUntil([&] { return ended && !dealing_ && !sending_; },
                            std::chrono::minutes(5));
  if (!ended || dealing_ || sending_) throw std::runtime_error("an engine does not end");
  topic.reset();
  MakeTopic();
}

void TestEngine::SetUpAnew(std::uint64_t seed) {
  Crash();
  topic.reset();
  MakeDevice(seed);
  MakeTopic();
}

void TestEngine::Take(Node stanza) {
  inbox_.push_back(std::move(stanza));
  if (dealing_) return;
  dealing_ = true;
  world_.scheduler.Spawn("test deals", Deal());
}

base::Task<> TestEngine::Deal() {
  while (!inbox_.empty()) {
    Node stanza = std::move(inbox_.front());
    inbox_.pop_front();
    co_await topic->OnStanza(std::move(stanza));
  }
  dealing_ = false;
}

// As the core's runner, one message at a time, and it does not give up.
base::Task<> TestEngine::SendQueued() {
  while (port_ != nullptr && !events->dead) {
    auto read = [row = channel.row](const core::Transaction& tx) {
      return tx.messages().Queued(row, core::MessageRow(), 1);
    };
    auto queued = co_await world_.store.Read(read);
    if (queued->empty()) break;
    auto find = [this, id = queued->front().message.id](const core::Transaction& tx) {
      return core::FindOutgoing(tx, channel, id);
    };
    auto found = co_await world_.store.Read(find);
    core::OutgoingMessage out = **found;
    last_outcome = co_await topic->Send(std::move(out));
    if (events->dead) break;
    core::StatusNews news;
    news.at = world_.scheduler.Now();
    if (const auto* refused = std::get_if<core::SendRefused>(&last_outcome)) {
      if (refused->kind != core::SendRefused::Kind::kPermanent) {
        co_await world_.scheduler.Sleep(std::chrono::seconds(1));
        continue;
      }
      news.status = core::MessageStatus::kFailed;
      news.failure = refused->failure;
    }
    const core::Stamp stamp(world_.scheduler.Now(), *random_);
    auto write = [this, id = queued->front().message.id, news,
                  stamp](core::Transaction& tx) -> base::Result<void> {
      core::Stamp ids = stamp;
      PARLEY_TRY(message, tx.messages().FindById(channel.account, id));
      return core::ApplyStatus(tx, channel, *message, news, ids);
    };
    (void)co_await world_.store.Write(write);
  }
  sending_ = false;
}

core::MessageId TestEngine::Queue(const std::string& to, core::Content content,
                                  std::optional<core::MessageId> quoted) {
  core::SendWrite write;
  write.account = channel.account;
  write.channel = channel.row;
  write.to = core::Address{core::AddressKind::kPhone, to};
  write.content = std::move(content);
  write.quoted = quoted;
  write.edit_window = std::chrono::hours(1);
  const core::Stamp stamp(world_.scheduler.Now(), *random_);
  auto queued =
      world_.Write([write, stamp](core::Transaction& tx) { return core::Send(tx, write, stamp); });
  if (!queued) throw std::runtime_error("not queued: " + std::string(queued.error().public_text()));
  if (port_ != nullptr && !sending_) {
    sending_ = true;
    world_.scheduler.Spawn("test sends", SendQueued());
  }
  return queued->id;
}

std::vector<core::MessageInChat> TestEngine::Messages() {
  core::MessageStore::Page page;
  page.channel = channel.row;
  page.newest_first = false;
  page.limit = 0;
  return *world_.Read([account = channel.account, page](const core::Transaction& tx) {
    return tx.messages().List(account, page);
  });
}

std::vector<std::string> TestEngine::Heard() {
  std::vector<std::string> texts;
  for (const core::MessageInChat& found : Messages())
    if (found.message.direction == core::Direction::kIn)
      texts.push_back(core::TextOf(found.message.content));
  return texts;
}

std::vector<std::string> TestEngine::Copied() {
  std::vector<std::string> texts;
  for (const core::MessageInChat& found : Messages())
    if (found.message.origin == core::Origin::kPhone)
      texts.push_back(core::TextOf(found.message.content));
  return texts;
}

core::Message TestEngine::Get(core::MessageId id) {
  return (*world_.Read([account = channel.account, id](const core::Transaction& tx) {
           return tx.messages().FindById(account, id);
         }))
      ->message;
}

core::MessageStatus TestEngine::StatusOf(core::MessageId id) { return Get(id).status; }

// ------------------------------------------------------------------------------------------ voice

TestVoice::TestVoice(TestWorld& world, TestEngine& engine)
    : world_(world),
      engine_(engine),
      ledger_(*engine.records, *engine.events, world.scheduler),
      lids_(ledger_),
      sessions_(ledger_, lids_, world.scheduler, *world.random) {
  engine.Disconnect();
  port_ = world.network.Connect(engine.member, [](const Node&) {});
}

std::string TestVoice::Say(const TestEngine& to, const std::string& plain,
                           std::vector<Attribute> attributes) {
  std::vector<Addressee> one;
  one.emplace_back(to.member.lid, std::make_shared<const std::string>(plain));
  auto sealed = world_.Await(sessions_.Seal(port_, engine_.device, std::move(one)));
  (void)world_.Await(ledger_.Durable(sealed->staged));
  const std::string id = "VOICE" + std::to_string(++world_.spoken);
  attributes.insert(attributes.begin(), {Attribute{"id", id}, Attribute{"type", "text"},
                                         Attribute{"to", to.member.lid.Text()}});
  Node message("message", std::move(attributes),
               Node::Children{EncOf(sealed->devices.front().sealed, Written(), 0)});
  (void)world_.Await(port_->Send(std::move(message)));
  world_.Run();
  return id;
}

// ------------------------------------------------------------------------------------------ world

TestWorld::TestWorld() : network(scheduler), secrets(base::SealKey{}, *random) {}

TestEngine& TestWorld::Add(const std::string& number, std::uint16_t device) {
  const Jid by_number(number, JidServer::kUser, device);
  const Jid by_lid(LidOf(number), JidServer::kLid, device);
  engines.push_back(std::make_unique<TestEngine>(*this, by_number, by_lid, 1000 + engines.size()));
  engines.back()->Connect();
  return *engines.back();
}

void TestWorld::Run(base::Duration limit) { scheduler.RunFor(limit, false); }

}  // namespace parley::link::multidevice
