// A short name for the layer below.
#pragma once

namespace parley::sim::network {}

namespace parley::sim::graph {

namespace net = parley::sim::network;

}  // namespace parley::sim::graph
