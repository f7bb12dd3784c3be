<?php
/**
 * Plugin Name: podcaster
 * Description: Sends posts to a podcaster service, which reads them aloud in several languages, and puts its player under them.
 * Version: 0.1.0
 * Requires at least: 5.9
 * Requires PHP: 7.4
 * License: Apache-2.0
 *
 * A post is sent when it is published, changed or taken back; the service answers at once and renders afterwards. What could not be
 * sent is tried again by WordPress' own timer, eight times within a day.
 */

if (!defined('ABSPATH')) {
    exit;
}

const PODCASTER_ARTICLE = '_podcaster_article';
const PODCASTER_LINK = '_podcaster_link';
const PODCASTER_RETRIES = 8;

/** The service's address without a slash at its end; empty where it is not set. */
function podcaster_address(): string {
    return untrailingslashit((string) get_option('podcaster_address', ''));
}

/** Whether posts like this one are sent. */
function podcaster_takes(WP_Post $post): bool {
    $types = apply_filters('podcaster_post_types', ['post']);
    return in_array($post->post_type, $types, true) && $post->post_password === '' && !wp_is_post_revision($post);
}

/**
 * What the service is told of a post: the fields of the REST API.
 *
 * The link names the report, so the first one is kept: WordPress has another for a post in the trash, or with a new slug.
 */
function podcaster_post(WP_Post $post, string $status): array {
    $authors = array_filter([get_the_author_meta('display_name', (int) $post->post_author)]);
    return [
        'link' => get_post_meta($post->ID, PODCASTER_LINK, true) ?: get_permalink($post),
        'status' => $status,
        'title' => ['rendered' => get_the_title($post)],
        'content' => ['rendered' => apply_filters('the_content', $post->post_content)],
        'date_gmt' => str_replace(' ', 'T', $post->post_date_gmt),
        'authors' => array_values($authors),
        'tags' => wp_get_post_tags($post->ID, ['fields' => 'names']),
        'language' => str_replace('_', '-', get_locale()),
    ];
}

/** Sends a body, signed for this moment; null where it was not taken. */
function podcaster_send(array $said): ?array {
    $body = (string) wp_json_encode($said);
    $now = time();
    $signature = hash_hmac('sha256', "$now.$body", (string) get_option('podcaster_secret', ''));
    $answer = wp_remote_post(podcaster_address() . '/api/hooks/wordpress', [
        'timeout' => 10,
        'headers' => ['Content-Type' => 'application/json', 'X-Podcaster-Signature' => "t=$now,v1=$signature"],
        'body' => $body,
    ]);
    if (is_wp_error($answer)) {
        update_option('podcaster_last', $answer->get_error_message(), false);
        return null;
    }
    $status = wp_remote_retrieve_response_code($answer);
    $said = json_decode(wp_remote_retrieve_body($answer), true);
    update_option('podcaster_last', $status === 202 ? '' : sprintf('%d %s %s', $status, $said['detail'] ?? '', $said['remedy'] ?? ''), false);
    return $status === 202 && is_array($said) ? $said : null;
}

/** Sends a post as it is now, and tries again later where that failed. */
function podcaster_push(int $id, string $status, int $tries = 0): void {
    $post = get_post($id);
    if (!$post || podcaster_address() === '') {
        return;
    }
    $taken = podcaster_send(podcaster_post($post, $status));
    if ($taken === null) {
        if ($tries < PODCASTER_RETRIES) {
            wp_schedule_single_event(time() + 60 * 3 ** min($tries, 5), 'podcaster_push', [$id, $status, $tries + 1]);
        }
    } elseif ($status === 'publish' && !empty($taken['article'])) {
        update_post_meta($id, PODCASTER_ARTICLE, $taken['article']);
        add_post_meta($id, PODCASTER_LINK, get_permalink($post), true);
    } else {
        delete_post_meta($id, PODCASTER_ARTICLE);
    }
}
add_action('podcaster_push', 'podcaster_push', 10, 3);

/** Behind the answer to the editor, so that saving is as fast as before. */
add_action('transition_post_status', function (string $new, string $old, WP_Post $post): void {
    if (podcaster_takes($post) && ($new === 'publish' || $old === 'publish')) {
        add_action('shutdown', fn() => podcaster_push($post->ID, $new));
    }
}, 10, 3);
add_action('before_delete_post', function (int $id, WP_Post $post): void {
    if (podcaster_takes($post) && get_post_meta($id, PODCASTER_ARTICLE, true)) {
        podcaster_send(podcaster_post($post, 'trash'));
    }
}, 10, 2);

/** The player under a post, in the language of its page. */
function podcaster_player(string $article): string {
    return sprintf(
        '<script async src="%s/embed.js" data-report="%s" data-lang="%s" data-title="%s"></script>',
        esc_url(podcaster_address()), esc_attr($article), esc_attr(str_replace('_', '-', get_locale())), esc_attr(get_the_title())
    );
}
add_filter('the_content', function (string $content): string {
    $article = is_singular() && in_the_loop() ? (string) get_post_meta(get_the_ID(), PODCASTER_ARTICLE, true) : '';
    return $article !== '' && podcaster_address() !== '' ? $content . podcaster_player($article) : $content;
});
/** [podcaster] the newest reports; [podcaster topic="energy" count="3"]. */
add_shortcode('podcaster', function ($given): string {
    $wanted = shortcode_atts(['topic' => '', 'count' => '5', 'lang' => '', 'theme' => '', 'accent' => ''], is_array($given) ? $given : []);
    $attributes = '';
    foreach (array_filter($wanted) as $name => $value) {
        $attributes .= sprintf(' data-%s="%s"', $name, esc_attr($value));
    }
    return sprintf('<script async src="%s/embed.js"%s></script>', esc_url(podcaster_address()), $attributes);
});

add_action('admin_init', function (): void {
    register_setting('podcaster', 'podcaster_address', ['sanitize_callback' => 'esc_url_raw']);
    register_setting('podcaster', 'podcaster_secret', ['sanitize_callback' => 'sanitize_text_field']);
});
add_action('admin_menu', function (): void {
    add_options_page('podcaster', 'podcaster', 'manage_options', 'podcaster', 'podcaster_settings');
});

/** The page of settings. */
function podcaster_settings(): void {
    $last = (string) get_option('podcaster_last', '');
    ?>
    <div class="wrap">
        <h1>podcaster</h1>
        <?php if ($last !== '') : ?><div class="notice notice-error"><p><?php echo esc_html("The last post was not taken: $last"); ?></p></div><?php endif; ?>
        <form method="post" action="options.php">
            <?php settings_fields('podcaster'); ?>
            <table class="form-table" role="presentation">
                <tr><th><label for="podcaster_address">Address of the service</label></th>
                    <td><input class="regular-text" type="url" id="podcaster_address" name="podcaster_address" value="<?php echo esc_attr(podcaster_address()); ?>" placeholder="https://podcasts.example.org"></td></tr>
                <tr><th><label for="podcaster_secret">PODCASTER_HOOK_SECRET</label></th>
                    <td><input class="regular-text" type="password" id="podcaster_secret" name="podcaster_secret" autocomplete="off" value="<?php echo esc_attr((string) get_option('podcaster_secret', '')); ?>"></td></tr>
            </table>
            <?php submit_button(); ?>
        </form>
    </div>
    <?php
}
