// What may be set for a simulated network.
#pragma once

#include <cstddef>

#include "base/time.h"

namespace parley::sim::network {

struct NetworkOptions {
  // A delay of 0 is "at once", but still through the scheduler's queue.
  base::Duration ack_delay{5};        // from a device's send to the answer
  base::Duration delivery_delay{20};  // from acceptance to arrival
  base::Duration receipt_delay{5};    // from what happened on the phone to the receipt
  // Added to each delay, drawn evenly from 0 to this. Messages may overtake each other by it.
  base::Duration jitter{0};

  base::Duration qr_life = std::chrono::seconds(20);  // each QR text, one after the other
  int qr_count = 6;                                   // then the offer ends
  base::Duration code_life = std::chrono::seconds(180);
  base::Duration ring_time = std::chrono::seconds(45);  // then a call is missed
  // From handing in a template to its approval; negative: only when somebody decides.
  base::Duration review_delay = std::chrono::seconds(5);
  // Earlier messages that a newly linked phone-like device is given: of each chat, and in all.
  std::size_t history_per_chat = 50;
  std::size_t max_history = 5000;

  std::size_t max_linked = 4;         // devices per person, as on WhatsApp
  std::size_t max_in_flight = 256;    // items given on a connection and not acknowledged
  std::size_t max_unanswered = 1024;  // sends of one connection that wait for their answer
};

}  // namespace parley::sim::network
