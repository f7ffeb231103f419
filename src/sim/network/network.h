// The simulated WhatsApp network: people with phones, devices linked to them, and the messages that
// go between. Complete and on its own: it knows no gateway and no wire.
//
//   network::Network::Open(scheduler, random, *log, *media, options)
//     -> AddPerson, LinkDirectly (or OfferQr and Scan), Connect, and send.
//
// Everything is in the log that it is opened with (docs/protocol/simulated-network-file.md): what
// was answered survives SIGKILL, and what was under way goes on. Time comes from the scheduler and
// chance from the random source alone, so the same calls with the same seed write the same bytes.
//
// Each copy of a message that reaches a phone is a row of its own in its inbox: the network never
// removes duplicates, not even with the same message id.
//
// Thread: the scheduler's own, for everything. Callbacks and listeners are never called from inside
// a call into the network. Numbers are digits without a plus. Errors: kNotFound for a number
// without a person, an unknown device or message; kInvalidFields; what else is said at each
// function.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "base/scheduler.h"
#include "sim/network/actor.h"
#include "sim/network/calls.h"
#include "sim/network/change.h"
#include "sim/network/chats.h"
#include "sim/network/commerce.h"
#include "sim/network/contacts.h"
#include "sim/network/device.h"
#include "sim/network/fault.h"
#include "sim/network/groups.h"
#include "sim/network/log.h"
#include "sim/network/marks.h"
#include "sim/network/media_shelf.h"
#include "sim/network/message.h"
#include "sim/network/newsletters.h"
#include "sim/network/options.h"
#include "sim/network/pairing.h"
#include "sim/network/person.h"
#include "sim/network/presence.h"
#include "sim/network/templates.h"
#include "sim/network/watchers.h"

namespace parley::sim::network {

inline constexpr std::size_t kMaxBroadcast = 256;  // people on a list, as on WhatsApp
inline constexpr std::size_t kMaxPage = 1000;  // rows of one answer; larger limits are cut to it

// How far a message came.
struct Progress {
  bool delivered = false, read = false, played = false, failed = false;
};

struct InboxRow {
  std::uint64_t seq = 0;  // from 1, growing by one per row of the person
  Message message;
  bool read = false, played = false;
  Marks marks;
};

struct OutboxRow {
  std::uint64_t seq = 0;
  Message message;
  Progress progress;
  Marks marks;
};

// One message with a given id; there are as many as were sent with it, each to one recipient.
struct SentMessage {
  Message message;
  std::optional<std::string> recipient;  // the number this one is for, when it went to more
  std::optional<std::string> device;     // absent: typed on the phone
  Progress progress;
  std::size_t copies = 0;            // that were to arrive: none when dropped, two when duplicated
  std::size_t copies_under_way = 0;  // of these, not yet at the phone
  Marks marks;
};

// What SendAsPerson answers.
struct Typed {
  std::string id;
  std::uint64_t seq = 0;  // of the row in the outbox
  base::Time at;
};

class Network {
 public:
  // Reads the log. kInvalidState, with the offset in its text, when it cannot be understood;
  // kUnavailable when it cannot be read. All arguments must outlive the network.
  static base::Result<std::unique_ptr<Network>> Open(base::Scheduler& scheduler,
                                                     base::Random& random, Log& log,
                                                     MediaShelf& media, NetworkOptions options);
  // Connections end without OnClosed. Connections, offers and watches may be destroyed later.
  ~Network();
  Network(const Network&) = delete;

  base::Time Now() const;

  // ------------------------------------------------------------------------------------- people

  // Answers the person as stored, with a LID. kAlreadyExists when number, LID or username is taken.
  base::Result<Person> AddPerson(Person person);
  base::Result<Person> UpdatePerson(std::string_view number, const PersonChange& change);
  base::Result<Person> FindPerson(std::string_view number) const;  // either spelling (spelling.h)
  std::optional<Person> FindPersonByLid(std::string_view lid) const;
  std::optional<Person> FindPersonByUsername(std::string_view username) const;
  // In the order of adding, beginning after the person with the number `after` (empty: the first).
  base::Result<std::vector<Person>> ListPeople(std::string_view after, std::size_t limit) const;
  bool IsOnNetwork(std::string_view number) const;
  // What somebody sets on the phone or on a device: names, about, picture and business profile.
  // Devices of those who have the number in their address book hear of it.
  base::Result<Person> ChangeProfile(const Actor& by, const PersonChange& change);
  // The picture as `viewer` sees it: empty also when it is hidden from strangers, which are all
  // that this person has neither written to nor put into the address book; and for whoever is
  // blocked.
  base::Result<std::string> PictureFor(std::string_view number, std::string_view viewer) const;
  // What `asker` learns of any number.
  base::Result<NumberFacts> CheckNumber(std::string_view asker, std::string_view number) const;
  // What waited for the phone arrives when it comes online.
  base::Result<void> SetOnline(std::string_view number, bool online);

  // ---------------------------------------------------------------------------------- the phone

  // Rows after `after_seq`, oldest first.
  base::Result<std::vector<InboxRow>> ListInbox(std::string_view number, std::uint64_t after_seq,
                                                std::size_t limit) const;
  base::Result<std::vector<OutboxRow>> ListOutbox(std::string_view number, std::uint64_t after_seq,
                                                  std::size_t limit) const;
  // Types a message on the phone, or a modifier of one. kInvalidState while it is offline;
  // CheckMayWrite's errors; what is against the rules (rules.h) is kNotFound or kInvalidState.
  base::Result<Typed> SendAsPerson(std::string_view number, Draft draft);
  // The same to each of these numbers, in one-to-one messages with one id that are marked as sent
  // by a list; only those who have the sender in the address book get it. Answers the first one.
  base::Result<Typed> SendBroadcast(std::string_view number, std::vector<std::string> to,
                                    Draft draft);
  // The newest message with that id that this person sent or is sent.
  base::Result<SentMessage> FindOwnMessage(std::string_view number, std::string_view id) const;
  // Reads all rows with that message id, with `played` also plays them (voice messages) or opens
  // them (view-once); answers how many there are. kNotFound when there is none; kInvalidState while
  // the phone is offline.
  base::Result<std::size_t> Read(std::string_view number, std::string_view message_id, bool played);
  // Reads everything up to that row of the inbox, inclusive; answers how many rows were not read
  // before.
  base::Result<std::size_t> ReadUpTo(std::string_view number, std::uint64_t seq);

  // ------------------------------------------------------------------- address book and blocks

  // Everything from here to the templates is done on the phone, or on a linked device, which is
  // then not told of it, while all other devices of the person are. kInvalidState while the phone
  // is offline; kGone when the device was logged out.
  //
  // Writes a row of the address book. kInvalidFields; kInvalidState when the book is full.
  base::Result<void> SaveContact(const Actor& by, std::string_view number, std::string name);
  base::Result<void> RemoveContact(const Actor& by, std::string_view number);
  // By number, beginning after `after`.
  base::Result<std::vector<Contact>> ListContacts(std::string_view number, std::string_view after,
                                                  std::size_t limit) const;
  // The name that `owner` gave the number; empty: none.
  std::string ContactName(std::string_view owner, std::string_view number) const;
  // Messages and calls of a blocked number never arrive; its sender is not told.
  base::Result<void> SetBlocked(const Actor& by, std::string_view number, bool blocked);
  base::Result<std::vector<std::string>> ListBlocked(std::string_view number) const;

  // ----------------------------------------------------------------------------------- presence

  // `chat` (a number, or a group) belongs to composing, recording and paused. Not kept over
  // restarts; a device's ends with its connection.
  base::Result<void> SetPresence(const Actor& by, PresenceKind kind, std::string_view chat);
  // As `viewer` sees it; empty: everything.
  base::Result<SeenPresence> PresenceOf(std::string_view number, std::string_view viewer) const;

  // -------------------------------------------------------------------------------------- calls

  // Rings at the other side's phone and devices, for NetworkOptions::ring_time. Only phones call.
  base::Result<Call> MakeCall(std::string_view number, const CallDraft& draft);
  base::Result<Call> AcceptCall(std::string_view number, std::string_view call);  // on the phone
  base::Result<Call> RejectCall(const Actor& by, std::string_view call);
  // Either side ends a call; the caller also one that rings, which is missed then.
  base::Result<Call> HangUp(std::string_view number, std::string_view call);
  // What the phone shows, in the order of making.
  base::Result<std::vector<Call>> ListCalls(std::string_view number) const;

  // -------------------------------------------------------------------------------------- chats

  // kRead also reads the messages of the chat.
  base::Result<void> ChangeChat(const Actor& by, const ChatChange& change);
  // Whether this person has muted the chat, whether something was written in it or not.
  base::Result<bool> IsMuted(std::string_view number, std::string_view chat) const;
  // Newest first.
  base::Result<std::vector<ChatSummary>> ListChats(std::string_view number) const;

  // ------------------------------------------------------------------------- business: templates

  // Only of businesses: kNotSupported for others. kAlreadyExists for a name and language that are
  // there; kInvalidState for a name that was removed less than kTemplateNameRests ago.
  base::Result<Template> CreateTemplate(const Actor& by, TemplateDraft draft);
  base::Result<std::vector<Template>> ListTemplates(std::string_view number) const;
  // In all languages, or the one.
  base::Result<void> RemoveTemplate(const Actor& by, std::string_view name,
                                    std::string_view language = "");
  // The network decides, again if need be: approves, rejects, or pauses what it has approved
  // (kInvalidState for what is not). An empty language: in all.
  base::Result<void> ReviewTemplate(std::string_view number, std::string_view name,
                                    std::string_view language, TemplateStatus status,
                                    std::string reason);
  base::Result<Commerce> CommerceOf(std::string_view number) const;
  base::Result<void> SetCommerce(const Actor& by, const Commerce& commerce);

  // ---------------------------------------------------------------------------- linking devices

  // The listener must outlive the offer. OfferCode: kNotOnNetwork.
  std::unique_ptr<PairingOffer> OfferQr(Profile profile, PairingListener& listener);
  base::Result<std::unique_ptr<PairingOffer>> OfferCode(std::string_view number, Profile profile,
                                                        PairingListener& listener);
  // The person takes up an offer. kNotFound when the text or code is not on offer now;
  // kInvalidState while the phone is offline or when it has NetworkOptions::max_linked devices.
  base::Result<DeviceInfo> Scan(std::string_view number, std::string_view qr);
  base::Result<DeviceInfo> EnterCode(std::string_view number, std::string_view code);
  // Without an offer, for set-ups. kInvalidState when the phone has max_linked devices.
  base::Result<DeviceInfo> LinkDirectly(std::string_view number, Profile profile);
  // The phone logs the device out.
  base::Result<void> Unlink(std::string_view number, std::string_view device);
  base::Result<std::vector<DeviceInfo>> ListDevices(std::string_view number) const;
  base::Result<DeviceInfo> FindDevice(std::string_view device) const;

  // ------------------------------------------------------------------------------------ devices

  // kGone when the device was logged out.
  base::Result<std::unique_ptr<Connection>> Connect(std::string_view device,
                                                    DeviceListener& listener);

  // ---------------------------------------------------------------------- groups and newsletters

  // What a person does there, on the phone or on a device; a phone that is offline is not minded.
  Groups& groups();
  Newsletters& newsletters();
  // kInvalidState while the phone is offline.
  base::Result<void> CheckOnline(std::string_view number) const;

  // --------------------------------------------------------------------------- messages and media

  // Every message with that id, oldest first, at most kMaxPage of the newest; kNotFound when none.
  base::Result<std::vector<SentMessage>> FindMessages(std::string_view id) const;
  MediaShelf& media() { return media_; }

  // ------------------------------------------------------------------------------------- faults

  // kInvalidState when there are kMaxFaults rules.
  base::Result<Fault> AddFault(FaultRule rule);
  std::vector<Fault> ListFaults() const;
  base::Result<void> RemoveFault(std::int64_t id);
  // Cuts the device's connection, if it has one.
  base::Result<void> CutConnection(std::string_view device);
  // Gives the newest message with that id back to its sender: a `failed` receipt. What of it is
  // still under way never arrives. kInvalidState when it failed before.
  base::Result<void> FailMessage(std::string_view id, std::string code, std::string text);

  // ----------------------------------------------------------------------------------- watching

  // See Watchers::Add. Without a number: everything.
  base::Result<std::unique_ptr<Watch>> WatchPerson(std::string_view number,
                                                   ChangeCallback callback);
  std::unique_ptr<Watch> WatchAll(ChangeCallback callback);

 private:
  struct Parts;
  Network(base::Scheduler& scheduler, base::Random& random, Log& log, MediaShelf& media,
          NetworkOptions options);

  MediaShelf& media_;
  const std::unique_ptr<Parts> parts_;
};

}  // namespace parley::sim::network
