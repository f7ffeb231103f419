// The body of GET /overview.
#pragma once

#include <string>
#include <vector>

#include "admin/attention.h"
#include "admin/node.h"
#include "admin/schema.h"

namespace parley::admin {

// A number per step, oldest first.
struct SeriesView {
  std::vector<std::int64_t> accepted, sent, received, webhooks_delivered, webhooks_failed, queue,
      deliveries_waiting;
  std::vector<double> request_ms;
  static constexpr auto Fields() {
    using V = SeriesView;
    return FieldList(
        Required("accepted", &V::accepted, Doc("Messages accepted to be sent")),
        Required("sent", &V::sent, Doc("Messages that the network has taken")),
        Required("received", &V::received),
        Required("webhooks_delivered", &V::webhooks_delivered, Doc("Answered 2xx")),
        Required("webhooks_failed", &V::webhooks_failed, Doc("Attempts that were not")),
        Required("queue", &V::queue, Doc("Reads and writes that wait for the store")),
        Required("deliveries_waiting", &V::deliveries_waiting,
                 Doc("Webhooks in memory that wait or are being posted")),
        Required("request_ms", &V::request_ms,
                 Doc("Mean time of requests to the three dialects; 0 when none came")));
  }
};

struct TotalsView {
  std::int64_t accepted = 0, sent = 0, received = 0, webhooks_delivered = 0, webhooks_failed = 0,
               webhooks_dead = 0, requests = 0;
  static constexpr auto Fields() {
    using V = TotalsView;
    return FieldList(
        Required("accepted", &V::accepted), Required("sent", &V::sent),
        Required("received", &V::received), Required("webhooks_delivered", &V::webhooks_delivered),
        Required("webhooks_failed", &V::webhooks_failed),
        Required("webhooks_dead", &V::webhooks_dead, Doc("Given up; they can be replayed")),
        Required("requests", &V::requests, Doc("To the three dialects")));
  }
};

struct OverviewView {
  std::string now;
  std::int64_t step_seconds = 0;
  std::string from;
  std::vector<StateFigures> channels;
  SeriesView series;
  TotalsView totals;
  std::vector<AttentionView> attention;
  static constexpr auto Fields() {
    using V = OverviewView;
    return FieldList(
        Required("now", &V::now), Required("step_seconds", &V::step_seconds),
        Required("from", &V::from, Doc("When the first step began")),
        Required("channels", &V::channels, Doc("By state")),
        Required("series", &V::series, Doc("Up to an hour, in memory")),
        Required("totals", &V::totals, Doc("Since the start of the server")),
        Required("attention", &V::attention, Doc("What to look at first; errors before warnings")));
  }
};

}  // namespace parley::admin
