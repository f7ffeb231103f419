#include "link/cloud/uplink.h"

namespace parley::link::cloud {

base::Task<> Uplink::Work(std::shared_ptr<const Graph> graph, Ask ask,
                          std::shared_ptr<Waiting> waiting) {
  GraphAnswer answer = co_await ask(graph);
  waiting->answer = std::move(answer);
  waiting->over.Notify();
}

base::Task<GraphAnswer> Uplink::Run(Ask ask) {
  if (cut_ || graph_ == nullptr) {
    GraphAnswer answer;
    answer.kind = GraphAnswer::Kind::kNotSent;
    answer.reason = "The channel is not connected";
    co_return answer;
  }
  const auto waiting = std::make_shared<Waiting>(scheduler_);
  waiting_.insert(waiting.get());
  scheduler_.Spawn("cloud request", Work(graph_, std::move(ask), waiting));
  while (!waiting->answer && !cut_) co_await waiting->over.Wait();
  waiting_.erase(waiting.get());
  if (waiting->answer) co_return std::move(*waiting->answer);
  GraphAnswer answer;
  answer.reason = "The channel stopped before an answer came";
  co_return answer;
}

void Uplink::Cut() {
  cut_ = true;
  for (Waiting* waiting : waiting_) waiting->over.Notify();  // order-ok: all at once
}

}  // namespace parley::link::cloud
