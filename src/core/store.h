// The store, as the core sees it: transactions over topic stores, and the two ways to run one.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/result.h"
#include "base/scheduler.h"
#include "base/task.h"

namespace parley::core {

class AccountStore;
class CredentialStore;
class ChannelStore;
class ContactStore;
class GroupStore;
class MessageStore;
class ReceiptStore;
class EventStore;
class SubscriptionStore;
class DeliveryStore;
class MediaStore;
class OperationStore;
class IdempotencyStore;
class LinkStateStore;
class UsageStore;
class TranscriptionStore;

// One open transaction. A const Transaction is a snapshot for reading.
class Transaction {
 public:
  virtual ~Transaction() = default;

  virtual AccountStore& accounts() = 0;
  virtual CredentialStore& credentials() = 0;
  virtual ChannelStore& channels() = 0;
  virtual ContactStore& contacts() = 0;
  virtual GroupStore& groups() = 0;
  virtual MessageStore& messages() = 0;
  virtual ReceiptStore& receipts() = 0;
  virtual EventStore& events() = 0;
  virtual SubscriptionStore& subscriptions() = 0;
  virtual DeliveryStore& deliveries() = 0;
  virtual MediaStore& media() = 0;
  virtual OperationStore& operations() = 0;
  virtual IdempotencyStore& idempotency() = 0;
  virtual LinkStateStore& link_state() = 0;
  virtual UsageStore& usage() = 0;
  virtual TranscriptionStore& transcriptions() = 0;

  const AccountStore& accounts() const { return const_cast<Transaction*>(this)->accounts(); }
  const CredentialStore& credentials() const {
    return const_cast<Transaction*>(this)->credentials();
  }
  const ChannelStore& channels() const { return const_cast<Transaction*>(this)->channels(); }
  const ContactStore& contacts() const { return const_cast<Transaction*>(this)->contacts(); }
  const GroupStore& groups() const { return const_cast<Transaction*>(this)->groups(); }
  const MessageStore& messages() const { return const_cast<Transaction*>(this)->messages(); }
  const ReceiptStore& receipts() const { return const_cast<Transaction*>(this)->receipts(); }
  const EventStore& events() const { return const_cast<Transaction*>(this)->events(); }
  const SubscriptionStore& subscriptions() const {
    return const_cast<Transaction*>(this)->subscriptions();
  }
  const DeliveryStore& deliveries() const { return const_cast<Transaction*>(this)->deliveries(); }
  const MediaStore& media() const { return const_cast<Transaction*>(this)->media(); }
  const OperationStore& operations() const { return const_cast<Transaction*>(this)->operations(); }
  const IdempotencyStore& idempotency() const {
    return const_cast<Transaction*>(this)->idempotency();
  }
  const LinkStateStore& link_state() const { return const_cast<Transaction*>(this)->link_state(); }
  const UsageStore& usage() const { return const_cast<Transaction*>(this)->usage(); }
  const TranscriptionStore& transcriptions() const {
    return const_cast<Transaction*>(this)->transcriptions();
  }
};

// One unit of work for the store's own threads. It belongs to the coroutine that waits for it.
class StoreJob {
 public:
  virtual ~StoreJob() = default;
  // Runs inside a transaction, possibly more than once. True = keep its writes.
  virtual bool Run(Transaction& transaction) = 0;
  // Called instead of, or after, Run when the transaction could not be made durable.
  virtual void Fail(base::Error error) = 0;

  base::Scheduler* scheduler = nullptr;  // where `resume` continues
  base::Resume resume;
};

// Runs jobs; implemented by storage. Thread: any.
class StoreBackend {
 public:
  virtual ~StoreBackend() = default;
  // Runs the job on the writer, with its writes durable before the job is resumed. False, without
  // running it, when the queue is full.
  virtual bool SubmitWrite(StoreJob* job) = 0;
  // Runs the job on a reader, on a snapshot of committed data.
  virtual bool SubmitRead(StoreJob* job) = 0;

  // Grows with every commit that changed accounts, credentials or channels: what was cached of
  // them before is out of date. Read it before reading what will be cached.
  virtual std::uint64_t directory_generation() const = 0;
  // Calls `listener` after each commit that appended events, on the writer's thread.
  virtual void OnEvents(std::function<void()> listener) = 0;
};

// The handle that one thread uses.
//
// A closure is a pure function of its captured values and the transaction: no clock, randomness,
// I/O, JSON or number parsing, because it may run more than once and holds up everybody else's
// writes. It returns a Result; an error rolls its own writes back and nobody else's.
class Store {
 public:
  Store(StoreBackend& backend, base::Scheduler& scheduler)
      : backend_(backend), scheduler_(scheduler) {}

  base::Scheduler& scheduler() const { return scheduler_; }
  StoreBackend& backend() const { return backend_; }

  // Returns after the closure's writes are durable. kOverloaded when the queue is full,
  // kUnavailable when the store cannot write.
  template <class Closure>
  base::Task<std::invoke_result_t<Closure, Transaction&>> Write(Closure closure) {
    Job<Closure, Transaction&> job(std::move(closure));
    co_await Run(job, true);
    co_return std::move(*job.result);
  }

  template <class Closure>
  base::Task<std::invoke_result_t<Closure, const Transaction&>> Read(Closure closure) {
    Job<Closure, const Transaction&> job(std::move(closure));
    co_await Run(job, false);
    co_return std::move(*job.result);
  }

 private:
  template <class Closure, class Argument>
  struct Job final : StoreJob {
    explicit Job(Closure closure) : closure(std::move(closure)) {}
    bool Run(Transaction& transaction) override {
      result.emplace(closure(static_cast<Argument>(transaction)));
      return result->has_value();
    }
    void Fail(base::Error error) override { result.emplace(std::move(error)); }

    Closure closure;
    std::optional<std::invoke_result_t<Closure, Argument>> result;
  };

  base::Task<> Run(StoreJob& job, bool write) {
    job.scheduler = &scheduler_;
    return base::Suspend([this, &job, write](base::Resume resume) {
      job.resume = std::move(resume);
      if (write ? backend_.SubmitWrite(&job) : backend_.SubmitRead(&job)) return;
      job.Fail(base::ErrorCode::kOverloaded);
      scheduler_.Post(std::move(job.resume));
    });
  }

  StoreBackend& backend_;
  base::Scheduler& scheduler_;
};

}  // namespace parley::core
