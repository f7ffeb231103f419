// The system's resolver of address_guard.h.
#include <arpa/inet.h>
#include <netdb.h>

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "http/address_guard.h"

namespace parley::http {
namespace {

using Addresses = std::vector<std::string>;

constexpr base::Duration kKeptFor = std::chrono::seconds(30);
constexpr std::size_t kMaxKept = 4096;
// Lookups that a dead name server holds up wait in the pool's queue; this is its bound.
constexpr std::size_t kMaxLookups = 256;
constexpr std::size_t kMaxAddresses = 16;  // of one host

std::string AddressText(const sockaddr* address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address->sa_family == AF_INET)
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text,
              sizeof(text));
  else if (address->sa_family == AF_INET6)
    inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, text,
              sizeof(text));
  return text;
}

base::Error Unresolved(const std::string& host, std::string_view why) {
  return base::Error(base::ErrorCode::kUnavailable,
                     "The host name " + host + " could not be resolved: " + std::string(why));
}

// Blocks; runs on a pool thread.
base::Result<Addresses> AskSystem(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  const int fault = getaddrinfo(host.c_str(), nullptr, &hints, &list);
  if (fault != 0) return Unresolved(host, gai_strerror(fault));
  Addresses addresses;
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    std::string text = AddressText(entry->ai_addr);
    const bool known = std::find(addresses.begin(), addresses.end(), text) != addresses.end();
    if (!text.empty() && !known && addresses.size() < kMaxAddresses)
      addresses.push_back(std::move(text));
  }
  freeaddrinfo(list);
  if (addresses.empty()) return Unresolved(host, "it has no address");
  return addresses;
}

// What the lookups share; they keep it when the resolver goes.
struct Names {
  struct Kept {
    Addresses addresses;
    base::Microseconds until;
  };
  // A caller waiting for a lookup that is under way. The caller holds only the answer, so that
  // dropping the continuation drops the caller.
  struct Waiter {
    std::shared_ptr<std::optional<base::Result<Addresses>>> answer;
    base::Resume resume;
  };

  Names(base::BlockingPool& pool, base::Scheduler& scheduler) : pool(pool), scheduler(scheduler) {}

  base::BlockingPool& pool;
  base::Scheduler& scheduler;
  std::unordered_map<std::string, Kept> kept;
  std::deque<std::string> oldest_first;  // the keys of `kept`
  std::unordered_map<std::string, std::vector<Waiter>> lookups;

  const Addresses* Find(const std::string& host) {
    DropUntil(scheduler.Monotonic(), kMaxKept);
    const auto found = kept.find(host);
    return found == kept.end() ? nullptr : &found->second.addresses;
  }

  void Keep(const std::string& host, const Addresses& addresses) {
    const base::Microseconds now = scheduler.Monotonic();
    DropUntil(now, kMaxKept - 1);
    Kept entry;
    entry.addresses = addresses;
    entry.until = now + kKeptFor;
    if (kept.emplace(host, std::move(entry)).second) oldest_first.push_back(host);
  }

 private:
  void DropUntil(base::Microseconds now, std::size_t room) {
    while (!oldest_first.empty()) {
      const auto oldest = kept.find(oldest_first.front());
      if (oldest->second.until > now && kept.size() <= room) return;
      kept.erase(oldest);
      oldest_first.pop_front();
    }
  }
};

base::Task<> LookUp(std::shared_ptr<Names> names, std::string host) {
  auto ask = [host] { return AskSystem(host); };
  const base::Result<Addresses> answer = co_await names->pool.Run(names->scheduler, std::move(ask));
  if (answer) names->Keep(host, *answer);
  auto waiting = names->lookups.extract(host);
  for (Names::Waiter& waiter : waiting.mapped()) {
    *waiter.answer = answer;
    names->scheduler.Post(std::move(waiter.resume));
  }
}

class SystemResolver final : public Resolver {
 public:
  SystemResolver(base::BlockingPool& pool, base::Scheduler& scheduler)
      : names_(std::make_shared<Names>(pool, scheduler)) {}

  base::Task<base::Result<Addresses>> Resolve(std::string host) override {
    if (const Addresses* addresses = names_->Find(host)) co_return *addresses;
    if (!names_->lookups.contains(host)) {
      if (names_->lookups.size() >= kMaxLookups)
        co_return Unresolved(host, "too many lookups are waiting");
      names_->lookups[host];
      names_->scheduler.Spawn("look up a host", LookUp(names_, host));
    }
    auto answer = std::make_shared<std::optional<base::Result<Addresses>>>();
    auto wait = [names = names_.get(), &host, answer](base::Resume resume) {
      Names::Waiter waiter;
      waiter.answer = answer;
      waiter.resume = std::move(resume);
      names->lookups[host].push_back(std::move(waiter));
    };
    co_await base::Suspend(std::move(wait));
    co_return std::move(**answer);
  }

 private:
  std::shared_ptr<Names> names_;
};

}  // namespace

std::unique_ptr<Resolver> MakeSystemResolver(base::BlockingPool& pool, base::Scheduler& scheduler) {
  return std::make_unique<SystemResolver>(pool, scheduler);
}

}  // namespace parley::http
