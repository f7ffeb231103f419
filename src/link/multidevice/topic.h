// Topic: a part of the engine that deals with some kinds of stanzas. The link (link.h) owns the
// connection and the topics, and gives each stanza to the topic that its table names.
//
// Thread: the channel's.
#pragma once

#include <functional>
#include <memory>

#include "base/random.h"
#include "base/result.h"
#include "base/scheduler.h"
#include "base/task.h"
#include "core/channels/channel.h"
#include "core/channels/link.h"
#include "core/store.h"
#include "link/multidevice/counters.h"
#include "link/multidevice/device.h"
#include "link/multidevice/records.h"
#include "link/multidevice/stanza_port.h"
#include "wire/binary/node.h"

namespace parley::link::multidevice {

class Files;

class Topic {
 public:
  virtual ~Topic() = default;

  // The device is logged in. `port` is good until the connection ends and says so afterwards, so
  // that what is under way may keep it; `device` has its pairing. Both are replaced by those of the
  // next call.
  virtual void OnOpen(std::shared_ptr<StanzaPort> port, std::shared_ptr<const Device> device) = 0;
  // What waited for the device while it was away has all been given.
  virtual void OnCaughtUp() {}
  // The connection ended. An OnStanza may still be under way; there is none to come before the next
  // OnOpen, and no OnOpen before that one has returned.
  virtual void OnClosed() = 0;

  // Deals with a stanza of one of its tags, and acknowledges it: the link does that only for what
  // no topic takes. The next stanza of the connection, of whatever tag, is given when the task has
  // ended, which keeps the network's order. Answers to queries are not stanzas in this sense and
  // arrive meanwhile.
  virtual base::Task<> OnStanza(wire::binary::Node stanza) = 0;

  // The link ends; OnClosed was called. Afterwards nothing of the topic runs and reports any more.
  virtual base::Task<> Stop() = 0;
};

// The topic of messages and what belongs to them; it also answers for the link what is asked of
// it. Send and Request are called while connected, and answer also when the connection ends.
class Messaging : public Topic {
 public:
  virtual base::Task<core::SendOutcome> Send(core::OutgoingMessage message) = 0;
  virtual base::Task<base::Result<core::LinkAnswer>> Request(core::LinkRequest request,
                                                             base::Duration limit) = 0;
};

// What the parts of one link have in common. All of it outlives them.
struct LinkContext {
  core::Store& store;
  base::Scheduler& scheduler;  // the store's
  base::Random& random;
  core::LinkEvents&
      events;  // calls may overlap and are repeated while the store is busy: reporter.h
  Records& records;
  const core::Channel& channel;  // who it is; its state is as old as the link
  EngineCounters& counters;
  Files* files = nullptr;  // null: pictures are not supported
};

using MessagingMaker = std::function<std::unique_ptr<Messaging>(const LinkContext&)>;

}  // namespace parley::link::multidevice
