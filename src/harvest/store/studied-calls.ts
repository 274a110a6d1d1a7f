/**
 * SQL: whether some institute, or one of these, studies a call or works on a bid for it. `profiles` is SQL
 * for a list of their ids.
 */
export const studiedSql = (callId: string, profiles?: string): string => {
  const by = (table: string): string => (profiles ? `AND ${table}.profile_id = ANY(${profiles})` : '');
  return `(EXISTS (SELECT FROM review r WHERE r.call_id = ${callId} AND r.verdict IN ('relevant', 'study') ${by('r')})
    OR EXISTS (SELECT FROM opportunity o WHERE o.call_id = ${callId} AND o.stage NOT IN ('funded', 'rejected', 'withdrawn', 'no-go') ${by('o')}))`;
};
