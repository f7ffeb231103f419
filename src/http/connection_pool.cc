#include "http/connection_pool.h"

#include <algorithm>
#include <utility>

namespace parley::http {
namespace {

constexpr base::Duration kIdleSweep = std::chrono::seconds(1);

}  // namespace

base::Task<> Call::Wait() {
  if (end_) co_return;
  co_await base::Suspend([this](base::Resume resume) { resume_ = std::move(resume); });
}

void Call::Continue() {
  if (resume_) scheduler_.Post(std::exchange(resume_, base::Resume()));
}

void Call::End(base::Error error) {
  if (end_) return;
  end_ = std::move(error);
  AutoHook<WaitingCall>::unlink();
  if (connection != nullptr) connection->Close();
  Continue();
}

base::Task<bool> ConnectionPool::Acquire(Key key, std::shared_ptr<Call> call) {
  Host& host = hosts_[key];
  if (!TakeSlot(host, *call)) {
    host.waiting.push_back(*call);
    if (!host.is_linked()) waiting_hosts_.push_back(host);
    co_await call->Wait();
  }
  if (call->end() && call->has_slot) Release(key, *call, base::Duration(0));
  if (!call->has_slot) EraseUnused(key);
  co_return call->has_slot;
}

bool ConnectionPool::TakeSlot(Host& host, Call& call) {
  if (!host.waiting.empty()) return false;
  if (!host.idle.empty()) {
    call.connection = std::move(host.idle.back());
    host.idle.pop_back();
  } else {
    if (host.slots >= options_.max_per_host) return false;
    if (slots_ >= options_.max_connections && !CloseOldestIdle()) return false;
    ++host.slots;
    ++slots_;
  }
  call.has_slot = true;
  return true;
}

void ConnectionPool::Release(const Key& key, Call& call, base::Duration idle_limit) {
  Host& host = hosts_.find(key)->second;
  call.has_slot = false;
  std::unique_ptr<ClientConnection> connection = std::move(call.connection);
  const Host* other = NextWaiting(&host);
  // A host keeps its connections busy as long as nobody has clearly fewer.
  const bool own_turn = other == nullptr || (!host.waiting.empty() && other->slots > 0 &&
                                             other->slots + 1 >= host.slots);
  if (connection != nullptr && !closed_ && own_turn && idle_limit.count() > 0) {
    if (Call* next = PopWaiting(host)) {
      next->connection = std::move(connection);
      next->has_slot = true;
      next->Continue();
      return;
    }
    if (host.idle.size() < options_.max_idle_per_host) {
      connection->idle_until = scheduler_.Monotonic() + std::min(idle_limit, options_.idle_timeout);
      host.idle.push_back(std::move(connection));
      SweepLater();
      return;
    }
  }
  connection.reset();
  GiveBackSlot(host);
  EraseUnused(key);
}

void ConnectionPool::Close() {
  closed_ = true;
  for (auto& [key, host] : hosts_) {  // order-ok: each is closed for itself
    slots_ -= host.idle.size();
    host.slots -= host.idle.size();
    host.idle.clear();
  }
}

void ConnectionPool::GiveBackSlot(Host& host) {
  --host.slots;
  --slots_;
  Host* next = NextWaiting(nullptr);
  if (next == nullptr) return;
  Call* call = PopWaiting(*next);
  ++next->slots;
  ++slots_;
  call->has_slot = true;
  call->Continue();
  if (next->is_linked())
    waiting_hosts_.splice(waiting_hosts_.end(), waiting_hosts_, waiting_hosts_.iterator_to(*next));
}

ConnectionPool::Host* ConnectionPool::NextWaiting(const Host* but) {
  for (auto it = waiting_hosts_.begin(); it != waiting_hosts_.end();) {
    Host& host = *it++;
    if (host.waiting.empty())  // its calls have ended
      host.unlink();
    else if (&host != but && host.slots < options_.max_per_host)
      return &host;
  }
  return nullptr;
}

Call* ConnectionPool::PopWaiting(Host& host) {
  if (host.waiting.empty()) return nullptr;
  Call& call = host.waiting.front();
  host.waiting.pop_front();
  if (host.waiting.empty()) host.unlink();
  return &call;
}

bool ConnectionPool::CloseOldestIdle() {
  std::pair<const Key, Host>* oldest = nullptr;
  for (auto& entry : hosts_)  // order-ok: only which of two equally old ones is closed
    if (!entry.second.idle.empty() &&
        (oldest == nullptr ||
         entry.second.idle.front()->idle_until < oldest->second.idle.front()->idle_until))
      oldest = &entry;
  if (oldest == nullptr) return false;
  oldest->second.idle.erase(oldest->second.idle.begin());
  --oldest->second.slots;
  --slots_;
  const Key key = oldest->first;
  EraseUnused(key);
  return true;
}

void ConnectionPool::EraseUnused(const Key& key) {
  const auto found = hosts_.find(key);
  if (found != hosts_.end() && found->second.slots == 0 && found->second.waiting.empty())
    hosts_.erase(found);
}

void ConnectionPool::SweepLater() {
  if (std::exchange(sweeping_, true)) return;
  auto sweep = [weak = weak_from_this()] {
    if (const auto pool = weak.lock()) pool->Sweep();
  };
  scheduler_.After(kIdleSweep, std::move(sweep));
}

void ConnectionPool::Sweep() {
  sweeping_ = false;
  const base::Microseconds now = scheduler_.Monotonic();
  bool any_idle = false;
  for (auto& [key, host] : hosts_) {  // order-ok: each is closed for itself
    const std::size_t closed = std::erase_if(host.idle, [now](const auto& connection) {
      return connection->idle_until <= now || !connection->IsFresh();
    });
    host.slots -= closed;
    slots_ -= closed;
    any_idle |= !host.idle.empty();
  }
  std::erase_if(hosts_, [](const auto& entry) {
    return entry.second.slots == 0 && entry.second.waiting.empty();
  });
  if (any_idle) SweepLater();
}

}  // namespace parley::http
