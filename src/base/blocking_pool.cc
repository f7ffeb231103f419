#include "base/blocking_pool.h"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

namespace parley::base {
namespace {

class ThreadedPool final : public BlockingPool {
 public:
  explicit ThreadedPool(std::size_t threads) : pool_(threads) {}
  ~ThreadedPool() override { pool_.join(); }

 private:
  void Submit(Callback work) override {
    boost::asio::post(pool_, [work = std::move(work)]() mutable { work(); });
  }
  boost::asio::thread_pool pool_;
};

class InlinePool final : public BlockingPool {
 private:
  void Submit(Callback work) override { work(); }
};

}  // namespace

std::unique_ptr<BlockingPool> MakeBlockingPool(std::size_t threads) {
  return std::make_unique<ThreadedPool>(threads);
}

std::unique_ptr<BlockingPool> MakeInlinePool() { return std::make_unique<InlinePool>(); }

}  // namespace parley::base
