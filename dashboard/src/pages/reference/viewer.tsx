// The viewer, Swagger UI, shown without what stands around the operations, for which the page has its own (docs/decisions/0043-api-viewer.md).
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Description } from "@/lib/openapi";
import { prepare } from "./calls";
import type { MakeViewer, Viewer } from "./swagger";
import "./viewer.css";

type Draw = (type: unknown, props: object | null, ...children: unknown[]) => ComponentChildren;
type Component = (props: Record<string, unknown>) => ComponentChildren;

// Drawn with the viewer's own library. Its layout has a <main> of its own and a head that the page does
// not need; a call has no heading, the field of a body no label, and what scrolls is out of the keyboard's
// reach.
const parley = ({ React: { createElement } }: { React: { createElement: Draw } }) => ({
  components: {
    ParleyLayout: ({ getComponent }: { getComponent: (name: string, container: boolean) => unknown }) =>
      createElement(
        "div",
        { className: "swagger-ui" },
        ...["SvgAssets", "errors", "operations"].map((name) =>
          createElement(getComponent(name, name !== "SvgAssets"), { key: name }),
        ),
      ),
    OperationTag: ({ children }: { children: ComponentChildren }) => children,
    authorizeOperationBtn: () => null,
  },
  wrapComponents: {
    OperationSummary:
      (Original: Component): Component =>
      (props) =>
        createElement("div", { role: "heading", "aria-level": 3 }, createElement(Original, props)),
    SyntaxHighlighter:
      (Original: Component): Component =>
      (props) =>
        createElement(
          "div",
          { className: "viewer-code", role: "group", "aria-label": "Code", tabIndex: 0 },
          createElement(Original, props),
        ),
    // The root of a schema has no title that its button would be named by.
    JSONSchema202012Accordion:
      (Original: Component): Component =>
      (props) =>
        createElement(
          Original,
          props,
          props.children,
          createElement("span", { className: "visually-hidden" }, "Members"),
        ),
    // Its table says that it is a region of the page, without a name.
    responses:
      (Original: Component): Component =>
      (props) =>
        createElement(
          "div",
          {
            ref: (element: Element | null) =>
              element?.querySelector("table[role=region]")?.removeAttribute("role"),
          },
          createElement(Original, props),
        ),
    TextArea:
      (Original: Component): Component =>
      (props) =>
        createElement(Original, { "aria-label": "Body", ...props }),
  },
});

interface ViewProps {
  makeViewer: MakeViewer;
  description: Description;
  scheme: string;
  apiKey: string;
}

export function View({ makeViewer, description, scheme, apiKey }: ViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const viewer = useRef<Viewer>();
  const [ready, setReady] = useState(false);
  const first = useRef(description);

  useEffect(() => {
    viewer.current = makeViewer({
      domNode: place.current,
      spec: first.current,
      plugins: [parley],
      layout: "ParleyLayout",
      docExpansion: "list",
      defaultModelsExpandDepth: -1,
      defaultModelExpandDepth: 2,
      deepLinking: false,
      displayRequestDuration: true,
      persistAuthorization: false,
      syntaxHighlight: false,
      tryItOutEnabled: true,
      validatorUrl: null,
      // The call that is shown is one that works anywhere: with the key, not with this browser's session.
      showMutatedRequest: false,
      requestInterceptor: prepare,
      onComplete: () => setReady(true),
    });
  }, []);

  useEffect(() => {
    if (!ready || description === first.current) return;
    first.current = description;
    viewer.current?.specActions.updateSpec(JSON.stringify(description));
  }, [ready, description]);

  useEffect(() => {
    if (ready) viewer.current?.preauthorizeApiKey(scheme, apiKey);
  }, [ready, scheme, apiKey, description]);

  return <div ref={place} class="viewer" />;
}
