/**
 * SQL for the pairs of a profile and a call to which something refers: their match stays, however weak. What
 * else shows the match of its calls is one more of them.
 */
export const REFERRED_PAIRS = `(
  SELECT profile_id, call_id FROM review UNION ALL SELECT profile_id, call_id FROM note
  UNION ALL SELECT profile_id, call_id FROM opportunity UNION ALL SELECT profile_id, call_id FROM proposal
  UNION ALL SELECT profile_id, call_id FROM interest
  UNION ALL SELECT f.target, n.call_id FROM notification_item n
    JOIN follow f ON f.recipient_id = n.recipient_id AND f.kind = 'profile')`;
