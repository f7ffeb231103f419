// The client's connections: how many there are, to whom, which are idle, and who waits for one.
#pragma once

#include <boost/intrusive/list.hpp>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/scheduler.h"
#include "http/client.h"
#include "http/client_connection.h"

namespace parley::http {

template <class Tag>
using AutoHook =
    boost::intrusive::list_base_hook<boost::intrusive::tag<Tag>,
                                     boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;
template <class T, class Tag>
using AutoList = boost::intrusive::list<T, boost::intrusive::base_hook<AutoHook<Tag>>,
                                        boost::intrusive::constant_time_size<false>>;

struct InFlight;     // the list of all calls of a client
struct WaitingCall;  // the list of calls that wait for a connection to one host
struct WaitingHost;  // the list of hosts that have such calls

// One request of a caller, from its start to its answer. What ends it early ends whatever it waits
// for. Thread: the client's.
class Call : public AutoHook<InFlight>,
             public AutoHook<WaitingCall>,
             public std::enable_shared_from_this<Call> {
 public:
  explicit Call(base::Scheduler& scheduler) : scheduler_(scheduler) {}

  // Waits until Continue or End.
  base::Task<> Wait();
  void Continue();
  // The call is over: its wait returns and its connection is cut.
  void End(base::Error error);
  // Why it is over, if it is.
  const std::optional<base::Error>& end() const { return end_; }

  bool has_slot = false;                         // of the pool
  std::unique_ptr<ClientConnection> connection;  // in use, or being opened

 private:
  base::Scheduler& scheduler_;
  base::Resume resume_;
  std::optional<base::Error> end_;
};

// Every connection takes a slot, from before it is opened until it is closed.
// Thread: the client's.
class ConnectionPool : public std::enable_shared_from_this<ConnectionPool> {
 public:
  // Where a connection goes: "http://host:port" or "https://host:port".
  using Key = std::string;

  ConnectionPool(base::Scheduler& scheduler, const ClientOptions& options)
      : scheduler_(scheduler), options_(options) {}

  // Gives the call a slot and, if there is one, the idle connection that was used last; without one
  // the caller opens it. Calls to one host get theirs in order, hosts share the slots evenly. False
  // when the call ended first.
  base::Task<bool> Acquire(Key key, std::shared_ptr<Call> call);
  // Takes the slot back, and keeps the connection for at most `idle_limit`; closes it when that is
  // 0.
  void Release(const Key& key, Call& call, base::Duration idle_limit);
  // Closes what is idle and keeps nothing from now on.
  void Close();

 private:
  struct Host : AutoHook<WaitingHost> {
    std::size_t slots = 0;
    std::vector<std::unique_ptr<ClientConnection>> idle;  // used last at the back
    AutoList<Call, WaitingCall> waiting;
  };

  bool TakeSlot(Host& host, Call& call);
  void GiveBackSlot(Host& host);
  // The host whose turn it is for a free slot, `but` not this one; nullptr when none waits for it.
  Host* NextWaiting(const Host* but);
  static Call* PopWaiting(Host& host);
  bool CloseOldestIdle();
  void EraseUnused(const Key& key);
  void SweepLater();
  void Sweep();

  base::Scheduler& scheduler_;
  const ClientOptions options_;
  std::unordered_map<Key, Host> hosts_;  // those with slots or waiting calls
  AutoList<Host, WaitingHost> waiting_hosts_;
  std::size_t slots_ = 0;
  bool sweeping_ = false;
  bool closed_ = false;
};

}  // namespace parley::http
