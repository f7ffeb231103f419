// The one listener: the first path segment of a request picks its owner.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "base/scheduler.h"
#include "http/message.h"

namespace parley::admin {
class Admin;
}

namespace parley::app {

// Thread: that of the services.
class FrontDoor final : public http::Service {
 public:
  // As a segment: GET and HEAD of "/" itself.
  static constexpr std::string_view kReadRoot = "/";
  // `segments` of each owner; everything else goes to the last one, which has none. `name` is for
  // figures; owners may share it. The services outlive this.
  struct Owner {
    std::string_view name;
    std::vector<std::string_view> segments;
    http::Service* service;
    bool is_dialect = false;  // its requests count in Timing
  };
  // `admin` is told of requests; null: nobody is.
  FrontDoor(base::Scheduler& scheduler, std::vector<Owner> owners, admin::Admin* admin = nullptr);

  std::size_t BodyLimit(const http::Request& head) const override;
  base::Task<http::Response> Handle(http::Request request) override;

  // How many answers each name's owners gave, by status.
  using Answers = std::map<std::string_view, std::map<int, std::int64_t>>;
  const Answers& answers() const { return answers_; }

  // Requests to dialects, from the whole request to the answer's first byte.
  struct Timing {
    std::int64_t requests = 0;
    base::Microseconds took{0};  // together
  };
  const Timing& timing() const { return timing_; }

 private:
  const Owner& OwnerOf(const http::Request& request) const;

  base::Scheduler& scheduler_;
  const std::vector<Owner> owners_;
  admin::Admin* const admin_;
  Answers answers_;
  Timing timing_;
};

}  // namespace parley::app
