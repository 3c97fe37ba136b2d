#pragma once

#include "handlers/text/json_text.hpp"
#include "store/providers/providers.hpp"

#include <string>
#include <string_view>

namespace invited::handlers {

class json_writer;

/// Writes a provider with its settings, as its staff and admins see it. A setting that is not set is null.
void write_provider(json_writer& to, std::string_view provider_id, const store::provider_settings& set);

/// What a patient may know about a provider: name and phone.
text_members clinic_texts(const store::provider_settings& set);

/// The strong entity tag of settings, with its quotes (RFC 9110 §8.8.3): the same for the same settings.
std::string entity_tag(const store::stored_settings& settings);

} // namespace invited::handlers
