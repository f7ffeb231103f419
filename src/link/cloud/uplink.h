// Requests of one link that end when the link does: an HTTP request cannot be taken back, but who
// waits for its answer must not hold up a stop.
#pragma once

#include <functional>
#include <memory>
#include <set>

#include "base/scheduler.h"
#include "base/task.h"
#include "link/cloud/graph.h"

namespace parley::link::cloud {

// Thread: the scheduler's, which outlives it.
class Uplink {
 public:
  // What is asked; runs beside the link and may outlive it.
  using Ask = std::function<base::Task<GraphAnswer>(std::shared_ptr<const Graph>)>;

  explicit Uplink(base::Scheduler& scheduler) : scheduler_(scheduler) {}

  void SetGraph(std::shared_ptr<const Graph> graph) { graph_ = std::move(graph); }
  const Graph* graph() const { return graph_.get(); }

  // kNoAnswer when Cut came first; kNotSent without a graph or after Cut.
  base::Task<GraphAnswer> Run(Ask ask);
  // All waits end now, later ones at once.
  void Cut();

 private:
  struct Waiting {
    explicit Waiting(base::Scheduler& scheduler) : over(scheduler) {}
    std::optional<GraphAnswer> answer;
    base::Signal over;
  };
  static base::Task<> Work(std::shared_ptr<const Graph> graph, Ask ask,
                           std::shared_ptr<Waiting> waiting);

  base::Scheduler& scheduler_;
  std::shared_ptr<const Graph> graph_;
  std::set<Waiting*> waiting_;
  bool cut_ = false;
};

}  // namespace parley::link::cloud
