import { useEffect, useMemo, useState } from "preact/hooks";
import { plural } from "@/lib/names";
import { cut, type Description, operations } from "@/lib/openapi";
import { to, useSearch } from "@/router";
import { node } from "@/state/node";
import { Button, ButtonLink } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Field } from "@/ui/form";
import { PageHead, Tabs } from "@/ui/layout";
import { ErrorNote, Note } from "@/ui/note";
import { SearchField } from "@/ui/search";
import { Skeleton } from "@/ui/skeleton";
import { type Api, adminScheme, apis, give, givenFor, keyOf, serverOf } from "./apis";
import { useDescription } from "./description";
import { loadViewer, type MakeViewer } from "./swagger";
import { View } from "./viewer";
import "./reference.css";

export default function Reference() {
  const [wanted] = useSearch("api");
  const shown = apis.filter(({ name }) => name !== "simulator" || node.value?.simulated_network !== false);
  const api = shown.find(({ name }) => name === wanted) ?? (shown[0] as Api);
  return (
    <>
      <PageHead
        title="API reference"
        about="Every call, to be read, tried and taken along as curl. Tried calls are real ones."
        actions={
          <ButtonLink href="/parley/openapi.json" icon="reference">
            OpenAPI
          </ButtonLink>
        }
      />
      <Tabs
        label="APIs"
        tabs={shown.map(({ name, title }) => ({ value: name, text: title }))}
        value={api.name}
        href={(name) => to(`/reference?api=${name}`)}
      />
      <Part key={api.name} api={api} />
    </>
  );
}

function Part({ api }: { api: Api }) {
  const { description, error, again } = useDescription(api.name === "simulator" ? "simulator" : "gateway");
  const [query, setQuery] = useSearch("query");
  return (
    <>
      <div class="reference-head">
        <p class="muted">{api.about}</p>
        {Object.keys(api.fields).length > 0 && <Keys api={api} />}
        <search>
          <SearchField
            label="Search calls"
            placeholder="Path or what it does"
            value={query}
            onChange={setQuery}
          />
        </search>
      </div>
      {error && <ErrorNote error={error} what="the description" again={again} />}
      {!description && !error && <Skeleton rows={8} />}
      {description && <Calls api={api} whole={description} query={query} />}
    </>
  );
}

function Keys({ api }: { api: Api }) {
  return (
    <div class="reference-keys">
      {Object.entries(api.fields).map(([field, { label, hint }]) => (
        <Field key={field} label={label} hint={hint}>
          {(ids) => (
            <input
              {...ids}
              type={field === "key" ? "password" : "text"}
              class="input mono"
              autocomplete="off"
              value={givenFor(api, field)}
              onInput={(event) => give(api, field, event.currentTarget.value)}
            />
          )}
        </Field>
      ))}
    </div>
  );
}

function Calls({ api, whole, query }: { api: Api; whole: Description; query: string }) {
  const [makeViewer, setMakeViewer] = useState<{ is: MakeViewer }>();
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    loadViewer().then(
      (is) => setMakeViewer({ is }),
      () => setFailed(true),
    );
  };
  useEffect(load, []);
  const server = serverOf(api);
  const description = useMemo(
    () =>
      cut(whole, {
        query,
        server,
        ...(api.tag && { tag: api.tag }),
        ...(api.name === "simulator" && { scheme: adminScheme }),
      }),
    [whole, query, server, api],
  );
  const found = operations(description);
  if (failed)
    return (
      <Note tone="bad">
        <p>The viewer could not be loaded: the server does not answer, or it was updated meanwhile.</p>
        <Button small icon="refresh" onClick={load}>
          Try again
        </Button>
      </Note>
    );
  if (!makeViewer) return <Skeleton rows={8} />;
  return (
    <>
      <h2 class="visually-hidden">Calls</h2>
      <p class="visually-hidden" role="status">
        {plural(found, "call")}
      </p>
      {found === 0 && (
        <Empty icon="search" title="No call fits">
          Of this API, none has all these words in its method, path or description.
        </Empty>
      )}
      <View makeViewer={makeViewer.is} description={description} scheme={api.scheme} apiKey={keyOf(api)} />
    </>
  );
}
