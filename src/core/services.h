// The operations that dialects and the admin API call, in one place for wiring.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace parley::base {
class Random;
class Scheduler;
}  // namespace parley::base

namespace parley::core {

class Accounts;
class Channels;
class Chats;
class Contacts;
class Directory;
class EventBell;
class Groups;
class LinkFactories;
class MediaLinks;
class MediaSource;
class Messages;
class Newsletters;
class NumberFacts;
class Profiles;
class Store;
class Templates;
class Uploads;
class Usage;
class Webhooks;

// Asks for the address that this gateway's connections to others come from; nullopt: it has none.
using OutputIp = std::function<std::optional<std::string>()>;

// Thread: those of the scheduler's thread.
struct Services {
  base::Scheduler& scheduler;
  base::Random& random;
  Store& store;
  Directory& directory;
  Accounts& accounts;
  Channels& channels;
  Messages& messages;
  Groups& groups;
  Newsletters& newsletters;
  Contacts& contacts;
  Chats& chats;
  Profiles& profiles;
  Templates& templates;
  Webhooks& webhooks;
  EventBell& event_bell;
  MediaSource& media;
  Uploads& uploads;
  Usage& usage;
  const MediaLinks& media_links;
  const NumberFacts& numbers;
  const LinkFactories& links;
  OutputIp output_ip;
};

}  // namespace parley::core
