import type { Post } from "@/api/types";
import { Json } from "@/ui/json";

// A request as it goes to a receiver. Signatures are masked by the server.
export function Posted({ post }: { post: Post }) {
  return (
    <>
      <p>
        <code>POST {post.url}</code>
      </p>
      <dl class="headers">
        {post.headers.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Json value={post.body} label="the body that is posted" />
    </>
  );
}
