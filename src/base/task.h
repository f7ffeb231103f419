// Task<T>: the one coroutine type. Everything that waits returns a Task and is awaited once.
//
// g++ 12 frees temporaries twice when they stand in the same full expression as `co_await`:
// aggregates, brace lists and lambdas with captures must be named first. Take parameters by value.
// tools/check_coroutines enforces it.
//
//   auto write = [command](core::Transaction& tx) { return core::Send(tx, command); };
//   co_return co_await store.Write(std::move(write));
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

namespace parley::base {

using Executor = boost::asio::io_context::executor_type;

template <class T = void>
using Task = boost::asio::awaitable<T, Executor>;

inline constexpr boost::asio::use_awaitable_t<Executor> kUseTask{};

// A suspended coroutine, to be continued exactly once. Dropping it destroys the coroutine.
class Resume {
 public:
  Resume() = default;
  template <class Handler>
  explicit Resume(Handler handler) : state_(std::make_unique<Held<Handler>>(std::move(handler))) {}

  explicit operator bool() const { return state_ != nullptr; }
  // Continues the coroutine before returning. Thread: the coroutine's own.
  void operator()() { std::exchange(state_, nullptr)->Continue(); }

 private:
  struct State {
    virtual ~State() = default;
    virtual void Continue() = 0;
  };
  template <class Handler>
  struct Held final : State {
    explicit Held(Handler handler) : handler(std::move(handler)) {}
    void Continue() override { std::move(handler)(); }
    Handler handler;
  };
  std::unique_ptr<State> state_;
};

// Suspends the caller and hands its continuation to `start`, which is called once.
//   co_await Suspend([this](Resume resume) { waiting_.push_back(std::move(resume)); });
// (`this` alone may be captured there; anything that owns memory must be named first.)
template <class Start>
Task<> Suspend(Start start) {
  auto initiate = [start = std::move(start)](auto&& handler) mutable {
    start(Resume(std::forward<decltype(handler)>(handler)));
  };
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>, void()>(
      std::move(initiate), kUseTask);
}

}  // namespace parley::base
