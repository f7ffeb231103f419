#include "app/option_views.h"

namespace parley::app {

std::vector<admin::OptionView> ViewsOf(const GatheredOptions& gathered) {
  const Options defaults;
  std::vector<admin::OptionView> views;
  for (const OptionRow& row : OptionRows()) {
    if (row.hidden) continue;
    admin::OptionView view;
    view.name = row.name;
    if (!row.secret) view.value = OptionText(row, gathered.options);
    view.default_value = OptionText(row, defaults);
    const auto source = gathered.sources.find(row.name);
    view.source =
        NameOf(source == gathered.sources.end() ? OptionSource::kDefault : source->second);
    view.help = row.help;
    view.secret = row.secret;
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace parley::app
